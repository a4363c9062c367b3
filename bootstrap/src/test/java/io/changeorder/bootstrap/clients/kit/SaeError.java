package io.changeorder.bootstrap.clients.kit;

/** Codes and messages as the vendor's documents have them, misspelled where they are. */
public enum SaeError {
    // The six of the seed document.
    NOT_EMPTY("InvalidParameter.NotEmpty", "You must specify the parameter %s."),
    NO_PERMISSION("Resouce.no.permission", "You are not authorized to operate on the specified resources."),
    ORDER_NOT_FOUND("InvalidChangeOrder.NotFound", "The current change order does not exist."),
    NOT_RUNNING("Application.ChangerOrder.Not.Running", "The change order is not running and cannot be terminated."),
    UPGRADING("System.Upgrading", "The system is being upgraded. Please try again later."),
    RUNNING("Application.ChangerOrderRunning", "An application change process is in progress. Please try again later."),

    APPLICATION_NOT_FOUND("InvalidApplication.NotFound", "The current application does not exist."),
    APP_ID_NOT_FOUND("InvalidAppId.NotFound", "The specified AppId does not exist."),
    NO_NEXT_BATCH("Pipeline.Can.Not.Start.Next.Batch", "You cannot start the next batch under the current status.");

    private final String code;
    private final String message;

    SaeError(String code, String message) {
        this.code = code;
        this.message = message;
    }

    public String code() {
        return code;
    }

    /** {@code %s} stands for the parameter. */
    public String message() {
        return message;
    }
}
