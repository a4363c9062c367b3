package io.changeorder.adapter.rest.operation;

import io.changeorder.adapter.rest.message.Answer;
import io.changeorder.application.api.Operation;
import java.util.function.Function;

/**
 * One method and path, and what it means.
 *
 * @param operation what is asked of the engine
 * @param endpoint what answers it
 */
record Route(String method, String path, Operation operation, Function<Call, Answer> endpoint) {
    /** The operation's name on the wire. */
    String name() {
        return operation.wireName();
    }

    /** Whether it changes something. */
    boolean isCommand() {
        return operation.isCommand();
    }
}
