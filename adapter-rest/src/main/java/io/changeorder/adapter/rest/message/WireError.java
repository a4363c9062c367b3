package io.changeorder.adapter.rest.message;

/**
 * The table of errors (SAE 2019-05-06, error codes; the misspelt ones are the vendor's). Codes and messages are what
 * clients compare: they are never reworded.
 */
public enum WireError {
    PARAMETER_MISSING("InvalidParameter.NotEmpty", "You must specify the parameter %s.", "Send the parameter named."),
    PARAMETER_INVALID(
            "InvalidParameter.Obviously",
            "The specified parameter is invalid {%s}.",
            "Correct the parameter named; docs/parity.md says what each takes."),
    PARAMETER_UNUSABLE(
            "InvalidParameter.WithMessage", "The parameter is invalid {%s}: %s", "Correct the parameter as told."),
    NO_PERMISSION(
            "Resouce.no.permission",
            "You are not authorized to operate on the specified resources.",
            "Have the operation allowed for your access key."),
    ORDER_NOT_FOUND(
            "InvalidChangeOrder.NotFound",
            "The current change order does not exist.",
            "List the orders of the application with ListChangeOrders."),
    ORDER_NOT_RUNNING(
            "Application.ChangerOrder.Not.Running",
            "The change order is not running and cannot be terminated.",
            "Data tells how the order ended; RollbackApplication restores what was settled."),
    ORDER_RUNNING(
            "Application.ChangerOrderRunning",
            "An application change process is in progress. Please try again later.",
            "Data tells which order; wait for its end with DescribeChangeOrder, or abort it."),
    UPGRADING(
            "System.Upgrading",
            "The system is being upgraded. Please try again later.",
            "Wait for the end of the maintenance; queries work meanwhile."),
    APP_ID_NOT_FOUND(
            "InvalidAppId.NotFound",
            "The specified AppId does not exist.",
            404,
            "List the applications with ListApplications."),
    APPLICATION_NOT_FOUND(
            "InvalidApplication.NotFound",
            "The current application does not exist.",
            "List the applications with ListApplications."),
    APPLICATION_STATUS(
            "Application.InvalidStatus",
            "The application status is abnormal. Please try again later.",
            "Look at the application with DescribeApplicationStatus."),
    NOT_DEPLOYED(
            "Application.NotDeployYet",
            "The application has not been deployed. Please deploy it and try again.",
            "Deploy it with DeployApplication."),
    ROLLBACK_FAILED(
            "rollback.error",
            "Failed to roll back.",
            "The application already equals what it would be rolled back to."),
    BATCH_NOT_WAITING(
            "Pipeline.Can.Not.Start.Next.Batch",
            "You cannot start the next batch under the current status.",
            "Only the batch with status 8 or 9 can be confirmed: CurrentPipelineId of DescribeChangeOrder."),
    FLOOR_NOT_BELOW_REPLICAS(
            "MinReadyInstances.Not.Smaller.Replicas",
            "The minimum number of available instances must be less than the number of application instances.",
            "Lower MinReadyInstances or MinReadyInstanceRatio."),
    WAIT_NEGATIVE(
            "BatchWaitTime.Not.Smaller.Zero",
            "BatchWaitTime must not be smaller than zero.",
            "Send 0 seconds or more."),
    VERSION_EXISTS(
            "App.Package.Version.Exists",
            "The package version of application already exists.",
            "Give other content another PackageVersion."),
    VERSION_TOO_LONG(
            "Package.Version.Too.Long",
            "The maximum length of package version is exceeded.",
            "Send at most 64 characters."),
    PACKAGE_TYPE_NOT_FOUND(
            "InvalidPackageType.NotFound",
            "The package type must be War, FatJar, or Image.",
            "Send War, FatJar, or Image."),
    /** Not the vendor's: the client token is ours. */
    TOKEN_REUSED(
            "IdempotentParameterMismatch",
            "The ClientToken was used before with other parameters.",
            "Use a new ClientToken for each new command."),
    ACCESS_KEY_NOT_FOUND(
            "InvalidAccessKeyId.NotFound", "Specified access key is not found.", 404, "Use another access key."),
    ACCESS_KEY_INACTIVE("InvalidAccessKeyId.Inactive", "Specified access key is disabled.", "Use another access key."),
    SIGNATURE_MISMATCH(
            "SignatureDoesNotMatch",
            "Specified signature is not matched with our calculation.",
            "Compare the secret and the string that was signed."),
    SIGNATURE_INCOMPLETE(
            "IncompleteSignature",
            "The request signature does not conform to Aliyun standards.",
            "Sign with ACS3-HMAC-SHA256 or acs; sign host and every x-acs-* header, each sent once."),
    SIGNATURE_METHOD(
            "InvalidSignatureMethod",
            "Specified signature method is not supported.",
            "Sign with ACS3-HMAC-SHA256, or have HMAC-SHA1 allowed for the key."),
    VERSION_MISSING("MissingVersion", "Version is mandatory for this action.", "Send x-acs-version: 2019-05-06."),
    VERSION_UNKNOWN("InvalidVersion", "Specified parameter Version is not valid.", "Send x-acs-version: 2019-05-06."),
    TIME_STAMP_MISSING(
            "MissingTimestamp", "Timestamp is mandatory for this action.", "Send x-acs-date, or Date with HMAC-SHA1."),
    TIME_STAMP_FORMAT(
            "InvalidTimeStamp.Format",
            "Specified time stamp or date value is not well formatted.",
            "Write x-acs-date as 2026-01-31T23:59:59Z, and Date by RFC 1123."),
    TIME_STAMP_EXPIRED(
            "InvalidTimeStamp.Expired",
            "Specified time stamp or date value is expired.",
            "Set the clock of the client."),
    NONCE_MISSING(
            "MissingSignatureNonce",
            "SignatureNonce is mandatory for this action.",
            "Send x-acs-signature-nonce, another for each request."),
    NONCE_USED(
            "SignatureNonceUsed", "Specified signature nonce was used already.", "Use a new nonce for each request."),
    CONTENT_HASH_MISSING(
            "MissingContentSha256",
            "ContentSha256 is mandatory for this action.",
            "Send x-acs-content-sha256, also without a body."),
    CONTENT_MD5_MISSING(
            "MissingContentMD5", "ContentMD5 is mandatory for this action.", "Send Content-MD5 with a body."),
    CONTENT_MD5_MISMATCH(
            "ContentMD5NotMatched",
            "The specified Content-MD5 does not match the body.",
            "Send the MD5 of the body in Base64, or none with ACS3-HMAC-SHA256."),
    SECURITY_TOKEN_MISSING(
            "MissingSecurityToken",
            "SecurityToken is mandatory for this action.",
            "Send the security token of the key in x-acs-security-token."),
    SECURITY_TOKEN_MISMATCH(
            "InvalidSecurityToken.MismatchWithAccessKey",
            "Specified SecurityToken mismatch with the AccessKey.",
            "Send the security token of the key, or none if it has none."),
    API_NOT_FOUND(
            "InvalidApi.NotFound",
            "Specified api is not found, please check your url and method.",
            404,
            "docs/parity.md lists the methods and paths."),
    THROTTLED("Throttling.User", "Request was denied due to user flow control.", 429, "Send fewer requests."),
    INTERNAL(
            "InternalError",
            "The request processing has failed due to some unknown error.",
            500,
            "Look for the RequestId in the log of the server."),
    UNAVAILABLE(
            "ServiceUnavailable",
            "The request has failed due to a temporary failure of the server.",
            503,
            "Try again later; nothing was done.");

    private static final int BAD_REQUEST = 400;

    private final String code;
    private final String message;
    private final int status;
    private final String recommendation;

    WireError(String code, String message, String recommendation) {
        this(code, message, BAD_REQUEST, recommendation);
    }

    WireError(String code, String message, int status, String recommendation) {
        this.code = code;
        this.message = message;
        this.status = status;
        this.recommendation = recommendation;
    }

    /** The symbol that clients look for. */
    public String code() {
        return code;
    }

    /** The message; {@code %s} stands for what {@link Failure} fills in. */
    public String message() {
        return message;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    String recommendation() {
        return recommendation;
    }
}
