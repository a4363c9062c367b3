package io.changeorder.application.spi.audit;

/**
 * Which records to find.
 *
 * @param by what they have in common
 * @param id its id
 * @param offset entries to skip, 0 or more
 * @param limit entries to give, 1 or more
 */
public record AuditQuery(By by, String id, int offset, int limit) {
    /** What records are found by. */
    public enum By {
        /** Everything that came of one request of a caller. */
        TRACE,
        /** One request. */
        REQUEST,
        /** An application, by its id. */
        APPLICATION
    }
}
