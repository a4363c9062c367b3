package io.changeorder.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeorder.adapter.persistence.SqliteAccessStore;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.domain.id.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line tells of policies. */
class PolicyCommandTest {
    private static final String NIGHTS_ONLY = """
            {"Version":"1","Statement":[
              {"Effect":"Allow","Action":"sae:Abort*","Resource":"acs:sae:*:*:application/prod/*"},
              {"Effect":"Deny","Action":"*","Resource":"*","Condition":{
                "DateLessThan":{"acs:CurrentTime":"2026-11-24T20:00:00+08:00"},
                "NotIpAddress":{"acs:SourceIp":["10.0.0.0/8"]}}}]}""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "FullAccess, sae:DeleteApplication,            0",
        "ReadOnly,   sae:DescribeChangeOrder,          0",
        "ReadOnly,   sae:ConfirmPipelineBatch,         3",
        "AbortOnly,  sae:abortandrollbackchangeorder,  0",
        "AbortOnly,  sae:DeployApplication,            3",
    })
    void theExitCodeTellsWhetherItIsAllowed(String policy, String action, int exit) {
        run("policy", "check", "--document", policy, "--action", action).expect(exit);
    }

    @Test
    void everyStatementIsExplained() throws IOException {
        InProcess.Result result = run(
                        "policy",
                        "check",
                        "--document=ReadOnly",
                        "--document=" + file(NIGHTS_ONLY),
                        "--action=sae:AbortChangeOrder",
                        "--resource=acs:sae:local:changeorder:application/prod/app-1",
                        "--at=2026-11-24T11:00:00Z",
                        "--source-ip=192.168.0.7",
                        "--secure")
                .expect(3);

        assertThat(result.out().lines())
                .containsExactly(
                        "Denied: Statement[1] of document 2 denies it. (sae:AbortChangeOrder on"
                                + " acs:sae:local:changeorder:application/prod/app-1)",
                        "Statement[0] of ReadOnly, Allow: does not match",
                        "    no   Action sae:Describe*, sae:List*, sae:Get*, sae:Query*; asked: sae:AbortChangeOrder",
                        "    yes  Resource *; asked: acs:sae:local:changeorder:application/prod/app-1",
                        "Statement[0] of document 2, Allow: matches",
                        "    yes  Action sae:Abort*; asked: sae:AbortChangeOrder",
                        "    yes  Resource acs:sae:*:*:application/prod/*; asked:"
                                + " acs:sae:local:changeorder:application/prod/app-1",
                        "Statement[1] of document 2, Deny: matches",
                        "    yes  Action *; asked: sae:AbortChangeOrder",
                        "    yes  Resource *; asked: acs:sae:local:changeorder:application/prod/app-1",
                        "    yes  Condition.DateLessThan.acs:CurrentTime 2026-11-24T20:00:00+08:00; asked:"
                                + " 2026-11-24T11:00:00Z",
                        "    yes  Condition.NotIpAddress.acs:SourceIp 10.0.0.0/8; asked: 192.168.0.7");
    }

    @Test
    void theCircumstancesDecide() throws IOException {
        String[] question = {
            "policy",
            "check",
            "--document=" + file(NIGHTS_ONLY),
            "--action=sae:AbortChangeOrder",
            "--resource=acs:sae:local:changeorder:application/prod/app-1",
            "--json",
            "--at=2026-11-24T11:00:00Z",
            "--source-ip=10.0.0.1"
        };
        assertThat(run(question).expect(0).json().path("Allowed").asBoolean()).isTrue();

        question[7] = "--source-ip=::1";
        JsonNode denied = run(question).expect(3).json();
        assertThat(denied.path("Outcome").asText()).isEqualTo("DENIED");
        assertThat(denied.path("Statements")
                        .path(1)
                        .path("Parts")
                        .path(3)
                        .path("Asked")
                        .asText())
                .isEqualTo("::1");

        question[6] = "--at=2026-11-24T12:00:00Z";
        run(question).expect(0);

        question[4] = "--resource=*";
        assertThat(run(question).expect(3).json().path("Outcome").asText()).isEqualTo("NOTHING_ALLOWS");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --action=sae:AbortChangeOrders              | do you mean sae:AbortChangeOrder?
            --action=sae:* | the operations are sae:AbortAndRollbackChangeOrder,
            --action=sae:ListApplications --source-ip=localhost | --source-ip is an address, not localhost
            --action=sae:ListApplications --at=now      | --at is a time with its offset
            --action=sae:ListApplications --resource=app-1 | app-1 must be * or like acs:sae:
            --action=sae:ListApplications --document=no-such-file | --document no-such-file is none of FullAccess, ReadOnly, AbortOnly, and no file
            --resource=*                                | --action
            """)
    void aQuestionThatMakesNoSenseIsNotAnswered(String options, String message) {
        String[] arguments = ("policy check --document=FullAccess " + options).split(" ");

        assertThat(run(arguments).expect(2).err()).contains(message);
    }

    @Test
    void aDocumentThatCannotBeUsedIsRefusedWithThePlace() throws IOException {
        Path wrong = file("""
                {"Version":"1","Statement":[
                  {"Effect":"Allow","Action":"*","Resource":"*"},
                  {"Effect":"Deny","Action":"*","Resource":"*","Condition":
                    {"IpAddress":{"acs:SourceIp":["10.0.0.0/8","10.0.0.0/99"]}}}]}""");

        assertThat(run("policy", "validate", wrong.toString()).expect(1).err())
                .contains("policy.json: Statement[1].Condition.IpAddress.acs:SourceIp[1] must have a length between 0"
                        + " and 32 after the slash.");
        assertThat(run("policy", "check", "--document=" + wrong, "--action=sae:ListApplications")
                        .expect(1)
                        .err())
                .contains("Statement[1].Condition.IpAddress.acs:SourceIp[1]");
    }

    @Test
    void aDocumentThatGrantsLessThanItSaysIsTakenWithAWarning() throws IOException {
        InProcess.Result result =
                run("policy", "validate", file("""
                {"Version":"1","Statement":[{"Effect":"Allow","Action":"sae:StopAplication","Resource":"*"}]}""").toString()).expect(0);

        assertThat(result.out()).contains("can be a policy");
        assertThat(result.err())
                .contains("Warning: Statement[0].Action sae:StopAplication is no operation here; do you mean"
                        + " sae:StopApplication?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FullAccess", "ReadOnly", "AbortOnly"})
    void whatIsShownCanBeAPolicyItself(String name) throws IOException {
        String shown = run("policy", "show", name).expect(0).out();

        assertThat(new ObjectMapper().readTree(shown).path("Version").asText()).isEqualTo("1");
        assertThat(run("policy", "validate", file(shown).toString()).expect(0).err())
                .isEmpty();
    }

    @Test
    void theNamesOfPoliciesAreListed() {
        assertThat(run("policy", "show").expect(0).out().lines())
                .containsExactly("FullAccess", "ReadOnly", "AbortOnly");
        assertThat(run("policy", "show", "Nobody").expect(1).err())
                .contains("there are FullAccess, ReadOnly, AbortOnly");
    }

    @Test
    void thePoliciesOfAKeyAreChecked() {
        try (SqliteAccessStore keys = SqliteAccessStore.open(folder)) {
            keys.createKey(key("on-call", true, List.of("AbortOnly")));
            keys.createKey(key("gone", false, List.of("FullAccess")));
        }

        assertThat(runAs("on-call", "sae:AbortChangeOrder").expect(0).out())
                .contains("Allowed: Statement[1] of AbortOnly allows it");
        runAs("on-call", "sae:DeployApplication").expect(3);
        assertThat(runAs("gone", "sae:DeployApplication").expect(3).err()).contains("The key is disabled or over");
        assertThat(runAs("nobody", "sae:DeployApplication").expect(2).err()).contains("There is no access key nobody");
        assertThat(runAs("no key", "sae:DeployApplication").expect(2).err()).contains("There is no access key no key");
    }

    private InProcess.Result runAs(String key, String action) {
        return run("policy", "check", "--as", key, "--action", action, "--data", folder.toString());
    }

    private static AccessKey key(String id, boolean enabled, List<String> policies) {
        return new AccessKey(
                new Actor(id),
                new AccessKey.SealedSecret("sealed"),
                Optional.empty(),
                Optional.empty(),
                false,
                enabled,
                policies,
                "",
                Instant.EPOCH,
                Optional.empty());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("policy.json"), text);
    }

    private static InProcess.Result run(String... arguments) {
        return InProcess.run(Map.of(), arguments);
    }
}
