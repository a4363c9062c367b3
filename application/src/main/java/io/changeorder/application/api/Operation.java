package io.changeorder.application.api;

import com.google.common.base.CaseFormat;

/** Everything that can be permitted or denied. */
public enum Operation {
    ABORT_AND_ROLLBACK_CHANGE_ORDER(true),
    ABORT_CHANGE_ORDER(true),
    CONFIRM_PIPELINE_BATCH(true),
    RETRY_CHANGE_ORDER(true),
    CREATE_APPLICATION(true),
    DEPLOY_APPLICATION(true),
    ROLLBACK_APPLICATION(true),
    RESCALE_APPLICATION(true),
    RESTART_APPLICATION(true),
    START_APPLICATION(true),
    STOP_APPLICATION(true),
    DELETE_APPLICATION(true),
    DESCRIBE_CHANGE_ORDER(false),
    LIST_CHANGE_ORDERS(false),
    DESCRIBE_PIPELINE(false),
    LIST_APP_VERSIONS(false),
    DESCRIBE_APPLICATION_STATUS(false),
    DESCRIBE_APPLICATION_CONFIG(false),
    LIST_APPLICATIONS(false),
    DESCRIBE_APPLICATION_GROUPS(false),
    DESCRIBE_APPLICATION_INSTANCES(false),
    /** Switching maintenance on or off; not on the vendor's wire. */
    SET_MAINTENANCE(true),
    DESCRIBE_MAINTENANCE(false);

    private final boolean command;

    Operation(boolean command) {
        this.command = command;
    }

    /** Its name on the wire and in policies, such as {@code AbortChangeOrder}. */
    public String wireName() {
        return CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.UPPER_CAMEL, name());
    }

    /** Whether it changes something. */
    public boolean isCommand() {
        return command;
    }
}
