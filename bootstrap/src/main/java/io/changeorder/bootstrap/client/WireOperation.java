package io.changeorder.bootstrap.client;

/** The operations of the wire that the command line uses (SAE 2019-05-06; those for maintenance and retry are ours). */
public enum WireOperation {
    ABORT_AND_ROLLBACK_CHANGE_ORDER("PUT", "changeorder/AbortAndRollbackChangeOrder"),
    ABORT_CHANGE_ORDER("PUT", "changeorder/AbortChangeOrder"),
    DESCRIBE_CHANGE_ORDER("GET", "changeorder/DescribeChangeOrder"),
    LIST_CHANGE_ORDERS("GET", "changeorder/ListChangeOrders"),
    DESCRIBE_PIPELINE("GET", "changeorder/DescribePipeline"),
    CONFIRM_PIPELINE_BATCH("GET", "changeorder/ConfirmPipelineBatch"),
    RETRY_CHANGE_ORDER("PUT", "changeorder/RetryChangeOrder"),
    CREATE_APPLICATION("POST", "app/createApplication"),
    DEPLOY_APPLICATION("POST", "app/deployApplication"),
    ROLLBACK_APPLICATION("PUT", "app/rollbackApplication"),
    RESCALE_APPLICATION("PUT", "app/rescaleApplication"),
    RESTART_APPLICATION("PUT", "app/restartApplication"),
    START_APPLICATION("PUT", "app/startApplication"),
    STOP_APPLICATION("PUT", "app/stopApplication"),
    DELETE_APPLICATION("DELETE", "app/deleteApplication"),
    LIST_APP_VERSIONS("GET", "app/listAppVersions"),
    DESCRIBE_APPLICATION_STATUS("GET", "app/describeApplicationStatus"),
    DESCRIBE_APPLICATION_CONFIG("GET", "app/describeApplicationConfig"),
    LIST_APPLICATIONS("GET", "app/listApplications"),
    DESCRIBE_APPLICATION_INSTANCES("GET", "app/describeApplicationInstances"),
    SET_MAINTENANCE("PUT", "maintenance/SetMaintenance"),
    DESCRIBE_MAINTENANCE("GET", "maintenance/DescribeMaintenance");

    private final String method;
    private final String path;

    WireOperation(String method, String path) {
        this.method = method;
        this.path = "/pop/v1/sam/" + path;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** The name in {@code x-acs-action}: the last part of the path with a capital. */
    String action() {
        String last = path.substring(path.lastIndexOf('/') + 1);
        return Character.toUpperCase(last.charAt(0)) + last.substring(1);
    }
}
