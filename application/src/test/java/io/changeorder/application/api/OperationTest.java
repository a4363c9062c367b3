package io.changeorder.application.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationTest {
    @Test
    void isKnownOnTheWireByItsNameInOneWord() {
        assertThat(Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER.wireName()).isEqualTo("AbortAndRollbackChangeOrder");
    }

    @ParameterizedTest
    @EnumSource
    void changesSomethingUnlessItsNameSaysThatItLooks(Operation operation) {
        boolean looks = operation.wireName().startsWith("Describe")
                || operation.wireName().startsWith("List");
        assertThat(operation.isCommand()).isNotEqualTo(looks);
    }
}
