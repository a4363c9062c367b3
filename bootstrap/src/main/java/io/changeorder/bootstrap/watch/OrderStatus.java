package io.changeorder.bootstrap.watch;

import java.util.Arrays;

/** The wire's numbers for the status of an order or a batch (SAE 2019-05-06, DescribeChangeOrder). */
public enum OrderStatus {
    PREPARING(0, true, "preparing"),
    RUNNING(1, true, "running"),
    SUCCEEDED(2, false, "succeeded"),
    FAILED(3, false, "failed"),
    ABORTED(6, false, "aborted"),
    AWAITING_CONFIRMATION(8, true, "waiting for confirmation"),
    AWAITING_NEXT_BATCH(9, true, "waiting for the next batch"),
    SYSTEM_FAILED(10, false, "unreadable"),
    AWAITING_APPROVAL(11, true, "waiting for approval"),
    APPROVED(12, true, "approved"),
    /** A server that knows more than this client. */
    UNKNOWN(-1, true, "in an unknown status");

    private final int number;
    private final boolean live;
    private final String words;

    OrderStatus(int number, boolean live, String words) {
        this.number = number;
        this.live = live;
        this.words = words;
    }

    static OrderStatus of(int number) {
        return Arrays.stream(values())
                .filter(status -> status.number == number)
                .findFirst()
                .orElse(UNKNOWN);
    }

    public boolean isLive() {
        return live;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
