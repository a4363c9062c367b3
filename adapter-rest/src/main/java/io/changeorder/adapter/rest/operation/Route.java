package io.changeorder.adapter.rest.operation;

import com.google.common.base.CaseFormat;
import io.changeorder.adapter.rest.message.Answer;
import io.changeorder.application.api.Operation;
import java.util.function.Function;

/**
 * One method and path, and what it means.
 *
 * @param name the operation's name on the wire
 * @param operation what is asked of the engine
 * @param endpoint what answers it
 */
record Route(String method, String path, String name, Operation operation, Function<Call, Answer> endpoint) {
    static Route of(String method, String path, Operation operation, Function<Call, Answer> endpoint) {
        return new Route(method, path, name(operation), operation, endpoint);
    }

    /** Whether it changes something. */
    boolean isCommand() {
        return operation.isCommand();
    }

    static String name(Operation operation) {
        return CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.UPPER_CAMEL, operation.name());
    }
}
