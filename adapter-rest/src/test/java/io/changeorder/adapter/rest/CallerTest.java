package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.message.ApiRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who calls is read from the signature, which is not checked. */
class CallerTest {
    private static final ApiRequest STOP = Answered.request("PUT /pop/v1/sam/app/stopApplication?AppId=app-1");

    private final FakeEngine engine = new FakeEngine();

    @Test
    void whoSignsNothingIsAnonymous() {
        assertThat(Answered.to(engine.api(), STOP).status()).isEqualTo(200);
        assertThat(engine.lastRequest().actor().name()).isEqualTo("anonymous");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ACS3-HMAC-SHA256 Credential=LTAI5t,SignedHeaders=host;x-acs-date,Signature=00ff | LTAI5t
            ACS3-HMAC-SHA256 Signature=00ff, SignedHeaders=host, Credential=STS.abc | STS.abc
            acs testAK:UjZV+WsH5ImOqXQ8Obijw5IjGaY= | testAK
            """)
    void whoSignsIsKnownByTheKey(String authorization, String actor) {
        Answered.to(engine.api(), STOP.withHeader("Authorization", authorization));

        assertThat(engine.lastRequest().actor().name()).isEqualTo(actor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic dXNlcjpwYXNz",
                "Bearer token",
                "acs",
                "acs :x",
                "acs key",
                "acs key:",
                "acs key with blank:x",
                "ACS3-HMAC-SHA256",
                "ACS3-HMAC-SHA256 ",
                "ACS3-HMAC-SHA256 Credential=a",
                "ACS3-HMAC-SHA256 Credential=,SignedHeaders=host,Signature=0",
                "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=,Signature=0",
                "ACS3-HMAC-SHA256 Credential=a,Credential=b,SignedHeaders=host,Signature=0",
                "ACS3-HMAC-SHA256 Credential=\u00e4,SignedHeaders=host,Signature=0",
                "ACS3-HMAC-SM3 Credential=a,SignedHeaders=host,Signature=0"
            })
    void aMalformedAuthorizationIsIncomplete(String authorization) {
        Answered answered = Answered.to(engine.api(), STOP.withHeader("Authorization", authorization));

        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.code()).isEqualTo("IncompleteSignature");
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void twoAuthorizationsAreIncomplete() {
        ApiRequest twice = STOP.withHeader("Authorization", "acs a:b").withHeader("authorization", "acs a:b");

        assertThat(Answered.to(engine.api(), twice).code()).isEqualTo("IncompleteSignature");
    }

    @Test
    void nobodyPassesForTheEngine() {
        Answered answered = Answered.to(engine.api(), STOP.withHeader("Authorization", "acs engine:b"));

        assertThat(answered.status()).isEqualTo(404);
        assertThat(answered.code()).isEqualTo("InvalidAccessKeyId.NotFound");
    }
}
