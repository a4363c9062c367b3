package io.changeorder.bootstrap.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Signatures compared with those of the vendor's own client. */
class RequestSignerTest {
    private final RequestSigner signer = new RequestSigner(new Credentials("testAK", "testSK"));

    @Test
    void anAbortIsSignedAsTheVendorsClientSignsIt() {
        Map<String, String> headers = signer.headers(
                WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER,
                "127.0.0.1:18080",
                "ChangeOrderId=ba386059-69b1-4e65-b1e5-0682d9fa0001x",
                Instant.parse("2026-11-24T02:22:29Z"),
                "36cca7bdbda25872db711963eb16eff5");

        assertThat(headers)
                .containsEntry(
                        "Authorization",
                        "ACS3-HMAC-SHA256 Credential=testAK,SignedHeaders=host;x-acs-action;x-acs-content-sha256;"
                                + "x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version,"
                                + "Signature=26807e7eafd29dd9ffeff3ded6cfa7478ced46593847e3aa4e0058b40c500b2b")
                .containsEntry("x-acs-date", "2026-11-24T02:22:29Z");
    }

    @Test
    void aQueryIsSignedAsTheVendorsClientSignsIt() {
        Map<String, String> headers = signer.headers(
                WireOperation.DESCRIBE_CHANGE_ORDER,
                "127.0.0.1:18080",
                "ChangeOrderId=okint",
                Instant.parse("2026-11-24T02:22:32Z"),
                "271e9a6a1494dfc50f81e835b060d36e");

        assertThat(headers.get("Authorization"))
                .endsWith("Signature=0e90f6c39efe379291b7a5a99372d566baa64e7c19986aacc2d878304af35e13");
    }

    @Test
    void aTemporaryKeySignsItsTokenAsTheVendorsClientSignsIt() {
        Map<String, String> headers = new RequestSigner(new Credentials("testAK", "testSK", Optional.of("STSTOK")))
                .headers(
                        WireOperation.DESCRIBE_CHANGE_ORDER,
                        "127.0.0.1:18080",
                        "ChangeOrderId=okint",
                        Instant.parse("2026-11-24T02:31:12Z"),
                        "18e4d6e50d81341bdb78dc675a35c708");

        assertThat(headers)
                .containsEntry("x-acs-accesskey-id", "testAK")
                .containsEntry("x-acs-security-token", "STSTOK");
        assertThat(headers.get("Authorization"))
                .endsWith("Signature=d7ad2a89b52271d984de95ecb57e18f4f8f5852e9cdcfdedb42062d1f2b6d2e0");
    }

    @Test
    void aUserWithAnOddNameStillHasAnAccessKeyId() {
        assertThat(Credentials.ofUser("Jörg, the =admin=").accessKeyId()).isEqualTo("Jrgtheadmin");
        assertThat(Credentials.ofUser("漢").accessKeyId()).isEqualTo("local");
        assertThat(Credentials.ofUser("x".repeat(80)).accessKeyId()).hasSize(64);
    }
}
