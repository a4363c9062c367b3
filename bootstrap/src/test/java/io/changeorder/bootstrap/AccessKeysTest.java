package io.changeorder.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.aliyuncs.sae.model.v20190506.ListApplicationsRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeorder.bootstrap.clients.kit.OldClient;
import io.changeorder.bootstrap.clients.kit.TeaClient;
import io.changeorder.bootstrap.server.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys from the command line to the server that runs beside it, and the clients that sign with them. */
class AccessKeysTest {
    private static final String UNKNOWN = "InvalidAccessKeyId.NotFound";
    private static final String WRONG = "SignatureDoesNotMatch";
    private static final String DISABLED = "InvalidAccessKeyId.Inactive";
    private static final String REPLAYED = "SignatureNonceUsed";

    @TempDir
    Path folder;

    private InProcess server;

    @BeforeEach
    void start() {
        server = new InProcess(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() {
        server.close();
        server = new InProcess(folder);
    }

    private void assertIsIn(IssuedKey key) {
        server.as(key, "apps").expect(0);
    }

    private void assertIsOut(IssuedKey key, String code) {
        assertThat(server.as(key, "apps").expect(3).err()).contains("(" + code + ")");
    }

    private String endpoint() {
        return server.address().getAuthority();
    }

    @Test
    void theFirstKeyClosesTheDoorOfARunningServer() throws Exception {
        server.run("apps").expect(0);
        IssuedKey key = server.createKey();
        assertThat(server.run("apps").expect(3).err()).contains("(" + UNKNOWN + ")");
        assertThat(RawRequest.get("/pop/v1/sam/app/listApplications").sendTo(server.address()))
                .contains("IncompleteSignature");
        assertThat(RawRequest.get("/healthz").sendTo(server.address())).startsWith("HTTP/1.1 200");
        assertIsIn(key);
        server.keys("delete", key.id()).expect(0);
        assertIsOut(key, UNKNOWN);
        assertThat(server.run("apps").expect(3).err())
                .as("the door does not open by itself")
                .contains("(" + UNKNOWN + ")");
        restart();
        server.run("apps").expect(0);
    }

    @Test
    void everyClientIsBelievedWithTheRightSecretAndWithNoOther() {
        IssuedKey key = server.createKey("--allow-hmac-sha1");
        assertIsIn(key);
        assertIsOut(key.withSecret(key.secret() + "x"), WRONG);

        TeaClient tea = new TeaClient(endpoint(), key.id(), key.secret());
        assertThat(tea.call("ListApplications", Map.of())).containsEntry("Success", true);
        assertThat(new TeaClient(endpoint(), key.id(), "wrong")
                        .refusal("ListApplications", Map.of())
                        .code())
                .isEqualTo(WRONG);

        try (OldClient old = new OldClient(endpoint(), key.id(), key.secret());
                OldClient wrong = new OldClient(endpoint(), key.id(), "wrong");
                OldClient nobody = new OldClient(endpoint(), "CONOBODY", key.secret())) {
            assertThat(old.call(new ListApplicationsRequest()).getSuccess()).isTrue();
            // This client compares what the server says it signed with what it signed itself: only the secret is wrong.
            assertThat(wrong.refusal(new ListApplicationsRequest()).code()).isEqualTo("SDK.InvalidAccessKeySecret");
            assertThat(nobody.refusal(new ListApplicationsRequest()).code()).isEqualTo(UNKNOWN);
        }
    }

    @Test
    void anOldClientIsBelievedOnlyWithAKeyThatAllowsIt() {
        IssuedKey key = server.createKey();
        try (OldClient old = new OldClient(endpoint(), key.id(), key.secret())) {
            assertThat(old.refusal(new ListApplicationsRequest()).code()).isEqualTo("InvalidSignatureMethod");
        }
        assertIsIn(key);
    }

    @Test
    void aDisabledKeyIsOutAtOnceAndAnEnabledOneInAgain() {
        IssuedKey key = server.createKey();
        server.createKey();
        assertIsIn(key);
        assertThat(server.keys("disable", key.id())
                        .expect(0)
                        .json()
                        .path("State")
                        .asText())
                .isEqualTo("disabled");
        assertIsOut(key, DISABLED);
        server.keys("enable", key.id()).expect(0);
        assertIsIn(key);
    }

    @Test
    void aRotatedKeyHasTwoSecretsForTheOverlapAndThenTheNewOne() {
        IssuedKey key = server.createKey();
        IssuedKey second =
                IssuedKey.of(server.keys("rotate", key.id()).expect(0).json());
        assertThat(Duration.ofMillis(second.printed().path("OldSecretUntil").asLong() - System.currentTimeMillis()))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
        assertIsIn(key);
        assertIsIn(second);

        IssuedKey third = IssuedKey.of(
                server.keys("rotate", key.id(), "--overlap=1ms").expect(0).json());
        assertIsOut(key, WRONG);
        assertIsIn(third);
        await("the overlap is over").until(() -> server.as(second, "apps").exit() == 3);
        assertIsIn(third);
    }

    @Test
    void aDeletedKeyIsOutAtOnce() {
        IssuedKey key = server.createKey();
        server.createKey();
        server.keys("delete", key.id()).expect(0);
        assertIsOut(key, UNKNOWN);
        assertThat(server.keys("delete", key.id()).expect(1).err()).contains("There is no access key " + key.id());
    }

    @Test
    void aRequestThatWasRecordedIsGoodOnceAlsoForTheNextServer() throws Exception {
        IssuedKey key = server.createKey("--allow-hmac-sha1");
        RawRequest tea = RawRequest.recorded(
                recorder -> new TeaClient(recorder, key.id(), key.secret()).call("ListApplications", Map.of()));
        RawRequest old = RawRequest.recorded(recorder -> {
            try (OldClient client = new OldClient(recorder, key.id(), key.secret())) {
                client.call(new ListApplicationsRequest());
            }
        });
        for (RawRequest recorded : List.of(tea, old)) {
            assertThat(recorded.sendTo(server.address())).startsWith("HTTP/1.1 200");
            assertThat(recorded.sendTo(server.address())).contains(REPLAYED);
        }
        restart();
        for (RawRequest recorded : List.of(tea, old)) {
            assertThat(recorded.sendTo(server.address())).contains(REPLAYED);
        }
        assertIsIn(key);
    }

    @Test
    void aCommandThatAKeyDidNotSignIsOnRecord() throws Exception {
        IssuedKey key = server.createKey();
        RawRequest forged = RawRequest.recorded(recorder -> new TeaClient(recorder, key.id(), "wrong")
                .call("ConfirmPipelineBatch", Map.of("PipelineId", "some-batch")));

        String answer = forged.sendTo(server.address());

        assertThat(answer).contains(WRONG);
        String body = answer.substring(answer.indexOf('{'));
        String trace = new ObjectMapper().readTree(body).path("TraceId").asText();
        JsonNode entry =
                server.run("audit", "--trace", trace, "--json").expect(0).json();
        assertThat(entry).hasSize(1);
        assertThat(entry.get(0).path("Actor").asText()).isEqualTo(key.id());
        assertThat(entry.get(0).path("Operation").asText()).isEqualTo("ConfirmPipelineBatch");
        assertThat(entry.get(0).path("Reason").asText()).isEqualTo("SIGNATURE_MISMATCH");
    }

    @Test
    void aTemporaryKeyIsGoodWithItsSecurityToken() {
        IssuedKey key = server.createKey("--temporary-for=1h");
        String token = key.printed().path("SecurityToken").asText();
        assertThat(TeaClient.temporary(endpoint(), key.id(), key.secret(), token)
                        .call("ListApplications", Map.of()))
                .containsEntry("Success", true);
        assertThat(TeaClient.temporary(endpoint(), key.id(), key.secret(), "wrong")
                        .refusal("ListApplications", Map.of())
                        .code())
                .isEqualTo("InvalidSecurityToken.MismatchWithAccessKey");
        assertIsOut(key, "MissingSecurityToken");
        Map<String, String> withToken = Map.of("CHANGEORDER_SECURITY_TOKEN", token);
        server.as(key, withToken, "apps").expect(0);
        assertThat(server.as(key, withToken, "apps", "--security-token=wrong")
                        .expect(3)
                        .err())
                .contains("(InvalidSecurityToken.MismatchWithAccessKey)");
    }

    @Test
    void aRepeatedCommandGetsTheFirstAnswerOnlyIfTheSameKeyMaySendIt() {
        IssuedKey alice = server.createKey();
        IssuedKey bob = server.createKey();
        server.as(alice, "create", "--name=hello", "--package=file:///hello-1.jar", "--wait")
                .expect(0);
        String[] restart = {"restart", "--app=hello", "--client-token=t", "--wait", "--json"};
        String first = orderOf(server.as(alice, restart));

        assertThat(orderOf(server.as(alice, restart))).as("the first answer").isEqualTo(first);
        assertThat(orderOf(server.as(bob, restart))).as("another's token").isNotEqualTo(first);
        assertThat(server.as(alice, "rescale", "--app=hello", "--replicas=2", "--client-token=t", "--json")
                        .expect(0)
                        .json()
                        .path("ChangeOrderId")
                        .asText())
                .as("another operation has tokens of its own")
                .isNotEmpty()
                .isNotEqualTo(first);
        assertThat(server.as(alice, "rescale", "--app=hello", "--replicas=3", "--client-token=t")
                        .expect(3)
                        .err())
                .as("other parameters")
                .contains("(IdempotentParameterMismatch)");
        server.keys("disable", alice.id()).expect(0);
        assertThat(server.as(alice, restart).expect(3).err())
                .contains("(" + DISABLED + ")")
                .doesNotContain(first);
        server.keys("enable", alice.id()).expect(0);
        restart();
        assertThat(orderOf(server.as(alice, restart)))
                .as("the first answer of the next server")
                .isEqualTo(first);
    }

    @Test
    void whoMayNotSendACommandAnyMoreGetsNoFirstAnswer() throws IOException {
        Path policies = Files.writeString(folder.resolve("policies.json"), "{\"*\":\"FullAccess\"}");
        server.close();
        server = new InProcess(folder, Optional.of(policies));
        IssuedKey alice = server.createKey();
        server.as(alice, "create", "--name=hello", "--package=file:///hello-1.jar", "--wait")
                .expect(0);
        String[] restart = {"restart", "--app=hello", "--client-token=t", "--wait", "--json"};
        String first = orderOf(server.as(alice, restart));
        server.close();
        Files.writeString(policies, "{\"*\":\"ReadOnly\"}");
        server = new InProcess(folder, Optional.of(policies));

        assertThat(server.as(alice, restart).expect(3).err())
                .contains("(Resouce.no.permission)")
                .doesNotContain(first);
    }

    private static String orderOf(InProcess.Result result) {
        return result.expect(0).json().path("ChangeOrderId").asText();
    }

    @Test
    void aTemporaryKeyIsOutWhenItsTimeIsOver() {
        IssuedKey key = server.createKey("--temporary-for=1ms");
        String token = key.printed().path("SecurityToken").asText();
        TeaClient client = TeaClient.temporary(endpoint(), key.id(), key.secret(), token);
        await("its time is over")
                .untilAsserted(() -> assertThat(
                                client.refusal("ListApplications", Map.of()).code())
                        .isEqualTo(DISABLED));
    }

    @Test
    void aKeyMayDoWhatItsPoliciesAllow() throws IOException {
        IssuedKey reader = IssuedKey.of(
                server.keys("create", "--policy=ReadOnly").expect(0).json());
        String[] creation = {"create", "--name=a", "--package=file:///a.jar", "--replicas=1", "--ready-for-seconds=0"};
        assertIsIn(reader);
        assertThat(server.as(reader, creation).expect(3).err()).contains("(Resouce.no.permission)");
        Path document = Files.writeString(folder.resolve("creators.json"), """
                {"Version":"1","Statement":[{"Effect":"Allow","Action":"sae:CreateApplication","Resource":"*"}]}""");
        IssuedKey creator = IssuedKey.of(
                server.keys("create", "--policy=" + document).expect(0).json());
        server.as(creator, creation).expect(0);
        assertThat(server.as(creator, "apps").expect(3).err()).contains("(Resouce.no.permission)");
    }

    @Test
    void secretsAreToldOnceAndNotListed() throws IOException {
        InProcess.Result made = server.run(
                        "keys", "create", "--policy=ReadOnly", "--policy=AbortOnly", "--description=of the night shift")
                .expect(0);
        List<String> lines = made.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("CHANGEORDER_ACCESS_KEY_ID=CO[A-Z2-7]{20}");
        assertThat(lines.get(1)).matches("CHANGEORDER_ACCESS_KEY_SECRET=[A-Za-z0-9]{43}");
        String id = lines.get(0).substring(lines.get(0).indexOf('=') + 1);
        String secret = lines.get(1).substring(lines.get(1).indexOf('=') + 1);
        assertThat(made.err())
                .doesNotContain(secret)
                .contains(
                        "told this once",
                        "It is the first key",
                        folder.resolve("access.key").toString());
        assertThat(server.run("keys", "create", "--policy=ReadOnly").expect(0).err())
                .doesNotContain("first key");

        List<String> listed = server.lines("keys", "list");
        assertThat(listed).hasSize(3);
        assertThat(listed.get(0)).matches("ID +STATE +POLICIES +HMAC-SHA1 +CREATED +EXPIRES +DESCRIPTION");
        assertThat(listed.get(1))
                .startsWith(id + "  enabled  ReadOnly,AbortOnly  no")
                .endsWith("of the night shift");
        InProcess.Result json = server.keys("list").expect(0);
        assertThat(json.json()).hasSize(2);
        assertThat(json.json().get(0).path("AccessKeyId").asText()).isEqualTo(id);
        assertThat(json.out() + listed).doesNotContain(secret);

        server.close();
        for (Path file : List.of(folder.resolve("changeorder.db"), folder.resolve("access.key"))) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(secret);
        }
    }

    @Test
    void aPolicyThatCanNotBeUsedIsRefusedWithItsPlaceAndNoKeyIsMade() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.json"), """
                {"Version":"1","Statement":[{"Effect":"Perhaps","Action":"*","Resource":"*"}]}""");
        assertThat(server.keys("create", "--policy=" + wrong).expect(2).err())
                .contains(wrong.toString())
                .contains("Statement[0].Effect");
        assertThat(server.keys("create", "--policy=Everything").expect(2).err())
                .contains("Everything is none of FullAccess, ReadOnly, AbortOnly");
        assertThat(server.keys("create").expect(2).err()).contains("--policy");
        assertThat(server.keys("create", "--policy=ReadOnly", "--description=" + "x".repeat(201))
                        .expect(2)
                        .err())
                .contains("--description");
        assertThat(server.keys("create", "--policy=ReadOnly", "--temporary-for=0")
                        .expect(2)
                        .err())
                .contains("--temporary-for");
        assertThat(server.keys("list").expect(0).json()).isEmpty();
        assertThat(folder.resolve("access.key")).doesNotExist();
    }

    @Test
    void withoutTheRightKeyFileNothingIsMadeOrLost() throws IOException {
        IssuedKey key = server.createKey();
        Path file = folder.resolve("access.key");
        Path away = Files.move(file, folder.resolve("away.key"));
        assertThat(server.keys("create", "--policy=ReadOnly").expect(1).err()).contains(file.toString(), "--key-file");
        assertThat(file).doesNotExist();
        server.close();
        assertThatThrownBy(() -> new InProcess(folder))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--key-file");

        Files.writeString(file, "A".repeat(43) + "=\n");
        Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(away));
        assertThat(server.keys("create", "--policy=ReadOnly").expect(1).err())
                .contains("does not open the secret of the access key " + key.id());
        server.keys("rotate", key.id()).expect(1);
        assertThatThrownBy(() -> new InProcess(folder))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("does not open");

        assertThat(server.keys("list").expect(0).json()).hasSize(1);
        server.keys("create", "--policy=ReadOnly", "--key-file=" + away).expect(0);
        Files.delete(file);
        Files.move(away, file);
        server = new InProcess(folder);
        assertIsIn(key);
    }

    @Test
    void aFirstKeyMayBeMadeBeforeThereIsAServer() {
        Path other = folder.resolve("other");
        IssuedKey key = IssuedKey.of(
                InProcess.run(Map.of(), "keys", "create", "--policy=FullAccess", "--json", "--data=" + other)
                        .expect(0)
                        .json());
        try (InProcess first = new InProcess(other)) {
            assertThat(first.run("apps").expect(3).err()).contains("(" + UNKNOWN + ")");
            assertThat(new TeaClient(first.address().getAuthority(), key.id(), key.secret())
                            .call("ListApplications", Map.of()))
                    .containsEntry("Success", true);
        }
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        assertThat(server.keys("disable", "CONOBODY").expect(1).err()).contains("There is no access key CONOBODY");
        assertThat(server.keys("enable", "no id").expect(1).err()).contains("There is no access key");
        Path empty = folder.resolve("empty");
        assertThat(InProcess.run(Map.of(), "keys", "list", "--data=" + empty)
                        .expect(2)
                        .err())
                .contains("There is no database in the data folder " + empty)
                .contains("--data");
        assertThat(empty).doesNotExist();
    }
}
