package io.changeorder.bootstrap.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Origin;
import io.changeorder.application.spi.Access;
import io.changeorder.application.spi.Authorizer;
import io.changeorder.domain.id.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies of RAM's shape, as far as they go yet. */
class PolicyFileTest {
    @TempDir
    Path folder;

    @Test
    void whoHasNoPolicyMayDoEverything() throws IOException {
        Authorizer authorizer = read("{}");

        assertThat(Operation.values()).allMatch(operation -> permits(authorizer, "anybody", operation));
    }

    @Test
    void aDenialConcernsItsActionsAndItsKeyOnly() throws IOException {
        Authorizer authorizer = read("""
                {"intern": {"Version":"1","Statement":[
                  {"Effect":"Deny","Action":["sae:AbortAndRollbackChangeOrder"],"Resource":["*"]}]}}""");

        assertThat(permits(authorizer, "intern", Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER))
                .isFalse();
        assertThat(permits(authorizer, "intern", Operation.ABORT_CHANGE_ORDER)).isTrue();
        assertThat(permits(authorizer, "other", Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER))
                .isTrue();
    }

    @Test
    void wildcardsStandForAnyTextAndForOneCharacter() throws IOException {
        Authorizer authorizer = read("""
                {"reader": {"Version":"1","Statement":[
                  {"Effect":"Allow","Action":["sae:Describe*","sae:List*"],"Resource":"*"}]},
                 "odd": {"Version":"1","Statement":[
                  {"Effect":"Deny","Action":"sae:St?pApplication","Resource":"*"}]}}""");

        assertThat(permits(authorizer, "reader", Operation.DESCRIBE_CHANGE_ORDER))
                .isTrue();
        assertThat(permits(authorizer, "reader", Operation.LIST_APPLICATIONS)).isTrue();
        assertThat(permits(authorizer, "odd", Operation.STOP_APPLICATION)).isFalse();
        assertThat(permits(authorizer, "odd", Operation.START_APPLICATION)).isTrue();
    }

    @Test
    void aReadOnlyPolicyDoesNotAllowAConfirmationAlthoughItIsAGet() throws IOException {
        Authorizer authorizer = read("""
                {"reader": {"Version":"1","Statement":[
                  {"Effect":"Allow","Action":["sae:Describe*","sae:List*","sae:Get*","sae:Query*"],"Resource":["*"]}]}}""");

        assertThat(Operation.values())
                .filteredOn(Operation::isCommand)
                .noneMatch(operation -> permits(authorizer, "reader", operation));
    }

    @Test
    void denyWinsAlsoOverWhatEverybodyIsAllowed() throws IOException {
        Authorizer authorizer = read("""
                {"*": {"Version":"1","Statement":[{"Effect":"Allow","Action":["*"],"Resource":["*"]}]},
                 "intern": {"Version":"1","Statement":[{"Effect":"Deny","Action":["sae:*"],"Resource":["*"]}]}}""");

        assertThat(permits(authorizer, "intern", Operation.LIST_APPLICATIONS)).isFalse();
        assertThat(permits(authorizer, "other", Operation.DELETE_APPLICATION)).isTrue();
    }

    @Test
    void actionsAreComparedWithoutRegardToCase() throws IOException {
        Authorizer authorizer = read("""
                {"*": {"Version":"1","Statement":[
                  {"Effect":"Deny","Action":["SAE:deleteapplication"],"Resource":["*"]}]}}""");

        assertThat(permits(authorizer, "anybody", Operation.DELETE_APPLICATION)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                                       | the document must be an object
            {"k":[]}                                                                 | k must be an object
            {"k":{"Version":"2","Statement":[]}}                                     | k.Version must be "1"
            {"k":{"Version":"1"}}                                                    | k.Statement must be a list
            {"k":{"Version":"1","Statement":[7]}}                                    | k.Statement[0] must be an object
            {"k":{"Version":"1","Statement":[],"Id":"x"}}                            | k.Id is not known here
            {"k":{"Version":"1","Statement":[{"Effect":"deny"}]}}                    | k.Statement[0].Effect must be "Allow" or "Deny"
            {"k":{"Version":"1","Statement":[{"Effect":"Deny"}]}}                    | k.Statement[0].Action must be a text or a list
            {"k":{"Version":"1","Statement":[{"Effect":"Deny","Action":[7]}]}}       | k.Statement[0].Action[0] must be a text
            {"k":{"Version":"1","Statement":[{"Effect":"Deny","Action":"*"}]}}       | k.Statement[0].Resource must be a text
            {"k":{"Version":"1","Statement":[{"Effect":"Deny","Action":"*","Resource":"acs:sae:*"}]}}           | k.Statement[0].Resource must be "*"
            {"k":{"Version":"1","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{}}]}}    | k.Statement[0].Condition is not known here
            {"k":{},"k":{}}                                                          | is not JSON
            {"k":{} x                                                                | is not JSON
            """)
    void whatCannotBeUsedIsRefusedByNamingThePlace(String document, String place) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(place)
                .hasMessageContaining("policy.json");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PolicyFile.read(folder.resolve("none.json")))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("none.json");
    }

    private Authorizer read(String document) throws IOException {
        return PolicyFile.read(Files.writeString(folder.resolve("policy.json"), document));
    }

    private static boolean permits(Authorizer authorizer, String key, Operation operation) {
        return authorizer.permits(new Access(new Actor(key), operation, Optional.empty(), Origin.NONE, Instant.EPOCH));
    }
}
