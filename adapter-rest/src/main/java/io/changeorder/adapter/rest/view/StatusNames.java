package io.changeorder.adapter.rest.view;

import io.changeorder.domain.order.Status;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The numbers and names of an order's status (SAE 2019-05-06, DescribeChangeOrder and DescribeApplicationStatus). */
public final class StatusNames {
    private StatusNames() {}

    /** The number. 4, 5 and 7 are not used. */
    public static int number(Status status) {
        return switch (status) {
            case PREPARING -> 0;
            case RUNNING -> 1;
            case SUCCEEDED -> 2;
            case FAILED -> 3;
            case ABORTED -> 6;
            case AWAITING_CONFIRMATION -> 8;
            case AWAITING_NEXT_BATCH -> 9;
            case SYSTEM_FAILED -> 10;
            case AWAITING_APPROVAL -> 11;
            case APPROVED -> 12;
        };
    }

    /** The name in LastChangeOrderStatus. */
    public static String name(Status status) {
        return switch (status) {
            case PREPARING -> "READY";
            case RUNNING -> "RUNNING";
            case SUCCEEDED -> "SUCCESS";
            case FAILED -> "FAIL";
            case ABORTED -> "ABORT";
            case AWAITING_CONFIRMATION -> "WAIT_BATCH_CONFIRM";
            case AWAITING_NEXT_BATCH -> "AUTO_BATCH_WAIT";
            case SYSTEM_FAILED -> "SYSTEM_FAIL";
            case AWAITING_APPROVAL -> "WAIT_APPROVAL";
            case APPROVED -> "APPROVED";
        };
    }

    /** The status of a number or a name. */
    public static Optional<Status> parse(String text) {
        return Arrays.stream(Status.values())
                .filter(status -> Integer.toString(number(status)).equals(text)
                        || name(status).equals(text.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
