package io.changeorder.bootstrap.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Request;
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

/** Policies per access key. */
class PolicyFileTest {
    @TempDir
    Path folder;

    @Test
    void whoHasNoPolicyMayDoNothing() throws IOException {
        Authorizer authorizer = read("{\"boss\":\"FullAccess\"}");

        assertThat(Operation.values()).noneMatch(operation -> permits(authorizer, "anybody", operation));
        assertThat(Operation.values()).allMatch(operation -> permits(authorizer, "boss", operation));
    }

    @Test
    void aDenialConcernsItsActionsAndItsKeyOnly() throws IOException {
        Authorizer authorizer = read("""
                {"*": "FullAccess",
                 "intern": {"Version":"1","Statement":[
                  {"Effect":"Deny","Action":["sae:AbortAndRollbackChangeOrder"],"Resource":["*"]}]}}""");

        assertThat(permits(authorizer, "intern", Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER))
                .isFalse();
        assertThat(permits(authorizer, "intern", Operation.ABORT_CHANGE_ORDER)).isTrue();
        assertThat(permits(authorizer, "other", Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                     | it must be an object from access key ids
            {"k":[]}                               | k: There is no policy []
            {"k":"Full"}                           | k: There is no policy Full; there are FullAccess
            {"k":{"Version":"2"}}                  | k: Version must be "1"
            {"k":{},"k":{}}                        | is not JSON
            {"k":{} x                              | is not JSON
            """)
    void whatCannotBeUsedIsRefusedByNamingThePlace(String document, String place) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(PolicyFileException.class)
                .hasMessageContaining(place)
                .hasMessageContaining("policy.json");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PolicyFile.read(folder.resolve("none.json")))
                .isInstanceOf(PolicyFileException.class)
                .hasMessageContaining("none.json");
    }

    private Authorizer read(String document) throws IOException {
        return PolicyFile.read(Files.writeString(folder.resolve("policy.json"), document));
    }

    private static boolean permits(Authorizer authorizer, String key, Operation operation) {
        return authorizer.permits(Access.of(Request.by(new Actor(key)), operation, Optional.empty(), Instant.EPOCH));
    }
}
