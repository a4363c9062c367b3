package io.changeorder.domain.decision;

import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Ending;
import io.changeorder.domain.order.Status;
import java.util.Optional;

/**
 * Why a command was not accepted. Nothing has changed because of it.
 *
 * @param reason the type of the reason
 * @param subject the parameter, or the limit, that it is about; empty where the reason says all
 * @param detail what a runtime or a parser said of it; empty where the reason says all
 * @param order the order that stands in the way or was named, so that a caller whose first answer was lost can tell
 *     that its own call won
 */
public record Refusal(Reason reason, String subject, String detail, Optional<OrderFacts> order) {

    /** The types of refusals. */
    public enum Reason {
        PARAMETER_MISSING,
        /** The value is obviously not one of this parameter's. */
        PARAMETER_INVALID,
        /** The value can't be used, and the detail says why. */
        PARAMETER_UNUSABLE,
        NOT_PERMITTED,
        MAINTENANCE,
        ORDER_NOT_FOUND,
        /** Another order of the application is live, or the named one is and must not be disturbed. */
        ORDER_IS_RUNNING,
        ORDER_IS_NOT_LIVE,
        APPLICATION_NOT_FOUND,
        APPLICATION_NOT_DEPLOYED,
        /** The application is not in a status in which this makes sense. */
        APPLICATION_STATUS,
        APPLICATION_NAME_TAKEN,
        /** The application already equals what it should be rolled back to. */
        NOTHING_TO_ROLL_BACK,
        VERSION_NOT_FOUND,
        /** A person had this version rolled back, and the engine was told to refuse it then. */
        VERSION_WAS_ROLLED_BACK,
        VERSION_LABEL_TAKEN,
        VERSION_LABEL_TOO_LONG,
        PACKAGE_TYPE_UNKNOWN,
        BATCH_NOT_FOUND,
        BATCH_NOT_WAITING,
        FLOOR_NOT_BELOW_REPLICAS,
        WAIT_NEGATIVE,
        /** The client token was used before, with other parameters. */
        TOKEN_REUSED
    }

    /**
     * What is told of an order.
     *
     * @param id which
     * @param status where it is
     * @param ending who ended it and when, if it ended
     * @param rollback the order that takes it back, if there is one
     */
    public record OrderFacts(
            ChangeOrderId id, Status status, Optional<Ending> ending, Optional<ChangeOrderId> rollback) {
        public static OrderFacts of(ChangeOrder order) {
            return new OrderFacts(order.id(), order.status(), order.ending(), order.undoneBy());
        }
    }

    public static Refusal of(Reason reason) {
        return new Refusal(reason, "", "", Optional.empty());
    }

    public static Refusal of(Reason reason, ChangeOrder order) {
        return new Refusal(reason, "", "", Optional.of(OrderFacts.of(order)));
    }

    public static Refusal about(Reason reason, String subject) {
        return new Refusal(reason, subject, "", Optional.empty());
    }

    public static Refusal about(Reason reason, String subject, String detail) {
        return new Refusal(reason, subject, detail, Optional.empty());
    }
}
