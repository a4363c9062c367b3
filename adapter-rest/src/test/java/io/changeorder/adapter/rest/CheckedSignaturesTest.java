package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.adapter.rest.authentication.CheckedSignatures;
import io.changeorder.adapter.rest.authentication.Nonces;
import io.changeorder.adapter.rest.authentication.Secret;
import io.changeorder.adapter.rest.authentication.SignaturesOnceKeysExist;
import io.changeorder.adapter.rest.authentication.SigningKey;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.Captures;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.fixture.TestKeys;
import io.changeorder.adapter.rest.fixture.TestSigner;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.ApiResponse;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.domain.id.Actor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is believed, what everybody else is told, and in which order. */
class CheckedSignaturesTest {
    private static final String STOP = "PUT /pop/v1/sam/app/stopApplication?AppId=app-1";
    private static final Instant NOW = SettableClock.START.truncatedTo(ChronoUnit.SECONDS);
    private static final Actor ALICE = new Actor("alice");

    private final FakeEngine engine = new FakeEngine();
    private final Map<String, SigningKey> keys = new HashMap<>();
    private final List<String> remembered = new ArrayList<>();
    private final Nonces nonces = (key, nonce, length) -> {
        String entry = key.name() + " " + nonce + " " + length.toMinutes();
        return !remembered.contains(entry) && remembered.add(entry);
    };
    private Instant now = NOW;
    private final CheckedSignatures signatures =
            new CheckedSignatures(id -> Optional.ofNullable(keys.get(id)), nonces, () -> now);
    private final TestSigner alice = new TestSigner("alice", "wonderland");

    CheckedSignaturesTest() {
        keys.put("alice", key(true, true, Optional.empty(), "wonderland"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoHasTheSecretIsBelieved(boolean v3) {
        assertThat(ask(signed(v3, STOP)).code()).isEqualTo("200");
        assertThat(engine.lastRequest().actor()).isEqualTo(ALICE);
    }

    @Test
    void whoSignsNothingIsNot() {
        assertRefused(ask(Answered.request(STOP)), 400, "IncompleteSignature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic YWxpY2U6d29uZGVybGFuZA==",
                "Bearer alice",
                "acs alice",
                "ACS3-HMAC-SHA256 Credential=alice"
            })
    void whoSignsInAnUnknownWayIsNot(String authorization) {
        assertRefused(
                ask(Answered.request(STOP).withHeader("authorization", authorization)), 400, "IncompleteSignature");
    }

    @Test
    void aKeyOfNobody() {
        TestSigner nobody = new TestSigner("nobody", "wonderland");

        Answered answered = ask(nobody.v3(Answered.request(STOP), NOW, "n"));
        assertRefused(answered, 404, "InvalidAccessKeyId.NotFound");
        assertThat(answered.message()).isEqualTo("Specified access key is not found.");
    }

    @Test
    void aWrongSecretIsToldWhatShouldHaveBeenSigned() {
        ApiRequest request = new TestSigner("alice", "guessed").v3(Answered.request(STOP), NOW, "n");

        Answered answered = ask(request);
        assertRefused(answered, 400, "SignatureDoesNotMatch");
        assertThat(answered.message())
                .matches("Specified signature is not matched with our calculation\\."
                        + " server string to sign is:ACS3-HMAC-SHA256\n[0-9a-f]{64}");
    }

    @Test
    void aWrongSecretInTheOldWayIsToldTheWholeText() {
        ApiRequest request = new TestSigner("alice", "guessed").v1(Answered.request(STOP), NOW, "n");

        assertThat(ask(request).message())
                .isEqualTo("Specified signature is not matched with our calculation. server string to sign is:"
                        + "PUT\n\n\n\nMon, 5 Jan 2026 08:00:00 GMT\nx-acs-signature-method:HMAC-SHA1\n"
                        + "x-acs-signature-nonce:n\nx-acs-version:2019-05-06\n"
                        + "/pop/v1/sam/app/stopApplication?AppId=app-1");
    }

    @ParameterizedTest
    @CsvSource({"v3, 900", "v3, -900", "v1, 900", "v1, -900"})
    void aClockMayBeAQuarterOfAnHourOff(String way, int seconds) {
        ApiRequest request = signed(way.equals("v3"), STOP);

        now = NOW.plusSeconds(seconds);
        assertThat(ask(request).code()).isEqualTo("200");
    }

    @ParameterizedTest
    @CsvSource({"v3, 901", "v3, -901", "v1, 901", "v1, -901"})
    void butNotMore(String way, int seconds) {
        ApiRequest request = signed(way.equals("v3"), STOP);

        now = NOW.plusSeconds(seconds);
        Answered answered = ask(request);
        assertRefused(answered, 400, "InvalidTimeStamp.Expired");
        assertThat(answered.message()).isEqualTo("Specified time stamp or date value is expired.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-01-05",
                "2026-01-05T08:00:00",
                "2026-02-30T08:00:00Z",
                "2026-01-05T08:00:00.000Z"
            })
    void aTimeHasOneForm(String time) {
        Answered answered = ask(alice.with("x-acs-date", time).v3(Answered.request(STOP), NOW, "n"));

        assertRefused(answered, 400, "InvalidTimeStamp.Format");
        assertThat(answered.message()).isEqualTo("Specified time stamp or date value is not well formatted.");
    }

    @ParameterizedTest
    @CsvSource({
        "x-acs-version, MissingVersion, Version is mandatory for this action.",
        "x-acs-date, MissingTimestamp, Timestamp is mandatory for this action.",
        "x-acs-signature-nonce, MissingSignatureNonce, SignatureNonce is mandatory for this action.",
        "x-acs-content-sha256, MissingContentSha256, ContentSha256 is mandatory for this action."
    })
    void whatIsMissingIsNamed(String header, String code, String message) {
        Answered answered = ask(alice.without(header).v3(Answered.request(STOP), NOW, "n"));

        assertRefused(answered, 400, code);
        assertThat(answered.message()).isEqualTo(message);
    }

    @Test
    void aBodyInTheOldWayHasADigest() {
        ApiRequest request = alice.v1(Answered.form("PUT /pop/v1/sam/app/stopApplication", "AppId=app-1"), NOW, "n");

        assertRefused(ask(request), 400, "MissingContentMD5");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDigestThatIsThereIsTheBodys(boolean v3) {
        ApiRequest plain = Answered.form("PUT /pop/v1/sam/app/stopApplication", "AppId=app-1");
        ApiRequest right = plain.withHeader("content-md5", "H9Ms+diBzmPBvJaqJUCXxw==");
        ApiRequest wrong = plain.withHeader("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==");

        assertRefused(ask(v3 ? alice.v3(wrong, NOW, "n") : alice.v1(wrong, NOW, "n")), 400, "ContentMD5NotMatched");
        assertThat(right.header("content-md5")).contains(TestSigner.md5(plain.body()));
        assertThat(ask(v3 ? alice.v3(right, NOW, "n") : alice.v1(right, NOW, "n"))
                        .code())
                .isEqualTo("200");
    }

    @Test
    void anotherVersionOfTheApiIsNotServed() {
        assertRefused(
                ask(alice.with("x-acs-version", "2014-05-26").v3(Answered.request(STOP), NOW, "n")),
                400,
                "InvalidVersion");
    }

    @Test
    void theSameRequestComesOnce() {
        ApiRequest request = signed(true, STOP);

        assertThat(ask(request).code()).isEqualTo("200");
        Answered again = ask(request);
        assertRefused(again, 400, "SignatureNonceUsed");
        assertThat(again.message()).isEqualTo("Specified signature nonce was used already.");
        assertThat(remembered).containsExactly("alice n 30");
    }

    @Test
    void onlyWhoHasTheSecretUsesUpNonces() {
        keys.put("bob", key(false, true, Optional.empty(), "builder"));
        ask(new TestSigner("alice", "guessed").v3(Answered.request(STOP), NOW, "n1"));
        ask(new TestSigner("nobody", "x").v3(Answered.request(STOP), NOW, "n2"));
        ask(new TestSigner("bob", "builder").v3(Answered.request(STOP), NOW, "n3"));
        ask(alice.v3(Answered.request(STOP), NOW.minus(Duration.ofHours(1)), "n4"));

        assertThat(remembered).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', MissingSignatureNonce", "n n, IncompleteSignature"})
    void aNonceIsAWord(String nonce, String code) {
        assertRefused(ask(alice.v3(Answered.request(STOP), NOW, nonce)), 400, code);
        assertRefused(ask(alice.v3(Answered.request(STOP), NOW, "x".repeat(129))), 400, "IncompleteSignature");
        assertThat(ask(alice.v3(Answered.request(STOP), NOW, "x".repeat(128))).code())
                .isEqualTo("200");
    }

    @Test
    void aDisabledKeyIsToldSoToItsOwnerAlone() {
        keys.put("alice", key(false, true, Optional.empty(), "wonderland"));

        Answered answered = ask(signed(true, STOP));
        assertRefused(answered, 400, "InvalidAccessKeyId.Inactive");
        assertThat(answered.message()).isEqualTo("Specified access key is disabled.");
        assertRefused(
                ask(new TestSigner("alice", "guessed").v3(Answered.request(STOP), NOW, "n")),
                400,
                "SignatureDoesNotMatch");
    }

    @Test
    void theOldWayIsForKeysThatAllowIt() {
        keys.put("alice", key(true, false, Optional.empty(), "wonderland"));

        assertRefused(ask(signed(false, STOP)), 400, "InvalidSignatureMethod");
        assertThat(ask(signed(true, STOP)).code()).isEqualTo("200");
    }

    @Test
    void bothSecretsAreGoodWhileOneRetires() {
        keys.put("alice", key(true, true, Optional.empty(), "new", "wonderland"));

        assertThat(ask(new TestSigner("alice", "new").v3(Answered.request(STOP), NOW, "1"))
                        .code())
                .isEqualTo("200");
        assertThat(ask(alice.v3(Answered.request(STOP), NOW, "2")).code()).isEqualTo("200");
        assertRefused(
                ask(new TestSigner("alice", "older").v3(Answered.request(STOP), NOW, "3")),
                400,
                "SignatureDoesNotMatch");
    }

    @Test
    void aSecurityTokenIsTheKeys() {
        keys.put("alice", key(true, true, Optional.of("token"), "wonderland"));
        TestSigner sts = alice.with("x-acs-accesskey-id", "alice");

        assertRefused(ask(signed(true, STOP)), 400, "MissingSecurityToken");
        assertRefused(
                ask(sts.with("x-acs-security-token", "Token").v3(Answered.request(STOP), NOW, "n")),
                400,
                "InvalidSecurityToken.MismatchWithAccessKey");
        assertThat(ask(sts.with("x-acs-security-token", "token").v3(Answered.request(STOP), NOW, "n"))
                        .code())
                .isEqualTo("200");
    }

    @Test
    void aTokenForAKeyWithoutOneIsNotOverlooked() {
        assertRefused(
                ask(alice.with("x-acs-security-token", "token").v3(Answered.request(STOP), NOW, "n")),
                400,
                "InvalidSecurityToken.MismatchWithAccessKey");
    }

    @Test
    void twoKeysAreNone() {
        assertRefused(
                ask(alice.with("x-acs-accesskey-id", "bob").v3(Answered.request(STOP), NOW, "n")),
                400,
                "IncompleteSignature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "x-acs-action", "x-acs-date", "x-acs-content-sha256", "content-type"})
    void whatTheServerReliesOnIsSigned(String header) {
        ApiRequest request = Answered.form("PUT /pop/v1/sam/app/stopApplication", "AppId=app-1");

        assertRefused(
                ask(alice.with("x-acs-action", "StopApplication")
                        .unsigned(header)
                        .v3(request, NOW, "n")),
                400,
                "IncompleteSignature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host;x-acs-date", "x-acs-date;host", "host;host", "host;", ";host", "host;x-acs-nothing"})
    void theListOfSignedHeadersHasOneForm(String names) {
        ApiRequest signed = signed(true, STOP);
        ApiRequest request = withAuthorization(
                signed,
                signed.header("authorization")
                        .orElseThrow()
                        .replaceFirst("SignedHeaders=[^,]*", "SignedHeaders=" + names));

        assertRefused(ask(request), 400, "IncompleteSignature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?ChangeOrderDesc=a%26Force%3Dtrue&AppId=app-1",
                "?ChangeOrderDesc=a%26AppId%3Dapp-2",
                "?ChangeOrderDesc=a%26AppId",
                "?ChangeOrderDesc=a%26AppId%26b",
                "?A%26B=1",
                "?A%3DB=1"
            })
    void inTheOldWayNoParameterHidesInAnother(String query) {
        ApiRequest request = alice.v1(Answered.request("PUT /pop/v1/sam/app/stopApplication" + query), NOW, "n");

        assertRefused(ask(request), 400, "IncompleteSignature");
    }

    /** Somebody on the way ends a value early, and what it went on with becomes a parameter that nobody reads. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "?ChangeOrderDesc=jdbc:x%26user%3Dme, ?ChangeOrderDesc=jdbc:x&user=me",
                "?ChangeOrderDesc=x%26a-b, ?ChangeOrderDesc=x&a-b",
                "?ChangeOrderDesc=Q%26A, ?ChangeOrderDesc=Q&A"
            })
    void inTheOldWayNoValueIsCutShort(String queries) {
        List<String> signedAndSent = Splitter.on(", ").splitToList(queries);
        String path = "/pop/v1/sam/app/stopApplication";
        ApiRequest signed =
                alice.withoutEmptyEquals().v1(Answered.request("PUT " + path + signedAndSent.get(0)), NOW, "n");
        ApiRequest request = ApiRequest.of("PUT", path + signedAndSent.get(1)).withHeaders(headers(signed));

        assertThat(ask(request).code()).isIn("IncompleteSignature", "SignatureDoesNotMatch");
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void inTheOldWayAnAmpersandIsFine() {
        ApiRequest request = alice.v1(
                Answered.request(STOP + "&Envs=jdbc%3Amysql%3A%2F%2Fh%2Fd%3Fa%3D1%26serverTimezone%3DUTC%26b"),
                NOW,
                "n");

        assertThat(ask(request).code()).isEqualTo("200");
    }

    @ParameterizedTest
    @CsvSource({
        "AppId=app-1&ChangeOrderDesc=, AppId=app-1&ChangeOrderDesc=",
        "AppId=app-1&ChangeOrderDesc, AppId=app-1&ChangeOrderDesc=",
        "ChangeOrderDesc=a+b&AppId=app-1, AppId=app-1&ChangeOrderDesc=a%20b",
        "AppId=app-1&&ChangeOrderDesc=~*'(), AppId=app-1&ChangeOrderDesc=~%2A%27%28%29",
        "AppId=app-1&ChangeOrderDesc=%e5%8f%91, AppId=app-1&ChangeOrderDesc=%E5%8F%91"
    })
    void aQueryIsSignedAsItIsMeant(String sent, String canonical) {
        ApiRequest signed = alice.v3(Answered.request("PUT /pop/v1/sam/app/stopApplication?" + canonical), NOW, "n");
        ApiRequest request =
                ApiRequest.of("PUT", "/pop/v1/sam/app/stopApplication?" + sent).withHeaders(headers(signed));

        assertThat(ask(request).code()).isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEqualsSignWithoutAValueMayBeLeftOut(boolean v3) {
        ApiRequest request = Answered.request(STOP + "&ChangeOrderDesc=");
        TestSigner terse = alice.withoutEmptyEquals();

        assertThat(ask(v3 ? terse.v3(request, NOW, "n") : terse.v1(request, NOW, "n"))
                        .code())
                .isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%zz", "%C0%AF", "%ED%A0%80"})
    void aQueryThatCanNotBeReadIsNotSigned(String value) {
        ApiRequest signed = signed(true, STOP);
        ApiRequest request = ApiRequest.of("PUT", "/pop/v1/sam/app/stopApplication?AppId=" + value)
                .withHeaders(headers(signed));

        assertRefused(ask(request), 400, "IncompleteSignature");
    }

    @Test
    void whoIsRefusedIsNamedIfThereIsTheKey() {
        Caller unknown = signatures.authenticate(new TestSigner("nobody", "x").v3(Answered.request(STOP), NOW, "n"));
        Caller wrong = signatures.authenticate(new TestSigner("alice", "x").v3(Answered.request(STOP), NOW, "n"));

        assertThat(key(unknown)).isEmpty();
        assertThat(key(wrong)).contains(ALICE);
    }

    @Test
    void aSecretDoesNotShowItself() {
        assertThat(keys.get("alice")).asString().contains("alice").doesNotContain("wonderland");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thePathThatWasSentToIsSigned(boolean v3) {
        ApiRequest sent = signed(v3, STOP.replace("/pop", "/mount/pop"));
        ApiRequest below = ApiRequest.of("PUT", "/pop/v1/sam/app/stopApplication?AppId=app-1")
                .withHeaders(headers(sent));

        assertRefused(ask(below), 400, "SignatureDoesNotMatch");
        assertThat(ask(below.sentTo("/mount/pop/v1/sam/app/stopApplication")).code())
                .isEqualTo("200");
    }

    @Test
    void whatIsNotServedNeedsNoKey() {
        assertThat(ask(Answered.request("GET /pop/v1/sam/nothing")).code()).isEqualTo("InvalidApi.NotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /healthz", "GET /readyz"})
    void healthNeedsNoSignature(String request) {
        assertThat(ask(Answered.request(request)).code()).isEqualTo("200");
    }

    @Test
    void theFirstKeyClosesTheDoor() {
        AtomicBoolean exists = new AtomicBoolean();
        SignaturesOnceKeysExist once = new SignaturesOnceKeysExist(exists::get, signatures);
        ApiRequest unsigned = Answered.request(STOP);
        assertThat(once.authenticate(unsigned)).isEqualTo(Caller.known(new Actor("anonymous")));

        exists.set(true);
        assertThat(once.authenticate(unsigned)).isEqualTo(Caller.refused(Caller.Reason.INCOMPLETE_SIGNATURE));
        assertThat(once.authenticate(signed(true, STOP))).isEqualTo(Caller.known(ALICE));
    }

    @Test
    void aCaptureIsRefusedWhenItsTimeIsOver() {
        ApiRequest capture = Captures.request("v3-01");
        CheckedSignatures late = TestKeys.signatures(TestKeys.of(capture), Instant.parse("2027-01-01T00:00:00Z"));

        assertThat(late.authenticate(capture))
                .isEqualTo(new Caller.Refused(Caller.Reason.TIME_EXPIRED, Optional.of(TestKeys.TEST), ""));
    }

    private ApiRequest signed(boolean v3, String request) {
        return v3 ? alice.v3(Answered.request(request), NOW, "n") : alice.v1(Answered.request(request), NOW, "n");
    }

    private static List<Map.Entry<String, String>> headers(ApiRequest request) {
        return request.headerNames().stream()
                .map(name -> Map.entry(name, request.header(name).orElseThrow()))
                .toList();
    }

    private static ApiRequest withAuthorization(ApiRequest request, String authorization) {
        return ApiRequest.of(request.method(), request.path() + "?" + request.query())
                .withHeaders(request.headerNames().stream()
                        .map(name -> Map.entry(
                                name,
                                name.equals("authorization")
                                        ? authorization
                                        : request.header(name).orElseThrow()))
                        .toList());
    }

    private static SigningKey key(boolean enabled, boolean sha1, Optional<String> token, String... secrets) {
        return new SigningKey(
                ALICE, List.of(secrets).stream().map(Secret::new).toList(), token.map(Secret::new), sha1, enabled);
    }

    private static Optional<Actor> key(Caller caller) {
        return caller.match(known -> Optional.empty(), Caller.Refused::key);
    }

    private Answered ask(ApiRequest request) {
        int asked = engine.asked().size();
        ApiResponse response = engine.api().answer(request, signatures);
        // Nothing is asked of the engine but by who is believed.
        assertThat(engine.asked()).hasSize(asked + (response.status() == 200 && isAnOperation(request) ? 1 : 0));
        return new Answered(response.status(), Answered.json(new String(response.body(), StandardCharsets.UTF_8)));
    }

    private static boolean isAnOperation(ApiRequest request) {
        return request.path().startsWith("/pop/");
    }

    private static void assertRefused(Answered answered, int status, String code) {
        assertThat(answered.status() + " " + answered.code()).isEqualTo(status + " " + code);
    }
}
