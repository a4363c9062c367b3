package io.changeorder.adapter.rest.message;

import java.util.Optional;

/**
 * The answer to a call that was not accepted.
 *
 * @param error the row of the table
 * @param status the HTTP status, where it is another than the row's
 * @param message the row's message, filled in
 * @param recommendation what to do now
 * @param data what a caller can learn from it
 */
public record Failure(WireError error, int status, String message, String recommendation, Optional<Fields> data)
        implements Answer {
    /** A row without anything to fill in. */
    public static Failure of(WireError error) {
        return filled(error);
    }

    /** A required parameter is missing or empty. */
    public static Failure missing(String parameter) {
        return filled(WireError.PARAMETER_MISSING, parameter);
    }

    /** A parameter has a value that is obviously not one of its. */
    public static Failure invalid(String parameter) {
        return filled(WireError.PARAMETER_INVALID, parameter);
    }

    /** A parameter can't be used, and why. */
    public static Failure unusable(String parameter, String why) {
        return filled(WireError.PARAMETER_UNUSABLE, parameter, why);
    }

    /** It was signed otherwise than the server would have. */
    public static Failure ofSignature(String stringToSign) {
        Failure failure = Failure.of(WireError.SIGNATURE_MISMATCH);
        return new Failure(
                failure.error(),
                failure.status(),
                failure.message() + " server string to sign is:" + stringToSign,
                failure.recommendation(),
                failure.data());
    }

    /** The request as a whole can't be used. */
    public static Failure ofRequest(int status, String part, String why) {
        return unusable(part, why).withStatus(status);
    }

    public Failure withData(Fields newData) {
        return new Failure(error, status, message, recommendation, Optional.of(newData));
    }

    /** With this to do instead of what the table says; empty to leave it. */
    public Failure withRecommendation(String newRecommendation) {
        return newRecommendation.isEmpty() ? this : new Failure(error, status, message, newRecommendation, data);
    }

    private Failure withStatus(int newStatus) {
        return new Failure(error, newStatus, message, recommendation, data);
    }

    private static Failure filled(WireError error, Object... parts) {
        return new Failure(
                error, error.status(), String.format(error.message(), parts), error.recommendation(), Optional.empty());
    }
}
