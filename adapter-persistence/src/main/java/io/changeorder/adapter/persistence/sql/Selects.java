package io.changeorder.adapter.persistence.sql;

/** The statements that are the same in every dialect. */
public final class Selects {
    public static final String ORDER_COLUMNS = "o.id, o.application, o.type, o.status, o.live, o.lease, o.fence,"
            + " o.created_by, o.created_at, o.ended_at, o.undoes, o.undone_by, o.description, o.document";
    public static final String FIND_APPLICATION = "SELECT " + ORDER_COLUMNS + ", a.document FROM application a"
            + " LEFT JOIN change_order o ON o.id = a.live_order WHERE a.id = ?";
    public static final String FIND_ORDER = "SELECT " + ORDER_COLUMNS + " FROM change_order o WHERE o.id = ?";
    public static final String FIND_ORDER_OF_BATCH =
            "SELECT " + ORDER_COLUMNS + " FROM batch b JOIN change_order o ON o.id = b.change_order WHERE b.id = ?";
    public static final String FIND_VERSION = "SELECT document FROM version WHERE application = ? AND id = ?";
    public static final String LIST_VERSIONS =
            "SELECT document FROM version WHERE application = ? ORDER BY created_at DESC, id DESC";
    public static final String HISTORY =
            "SELECT document FROM event WHERE application = ? AND number >= ? ORDER BY number LIMIT ?";
    public static final String FIND_ANSWER =
            "SELECT document FROM answer WHERE actor = ? AND operation = ? AND token = ? AND at >= ?";
    public static final String IS_TOKEN_TAKEN =
            "SELECT 1 FROM answer WHERE actor = ? AND operation = ? AND token = ? AND at >= ?";
    public static final String FIND_MAINTENANCE = "SELECT document FROM maintenance";
    public static final String APPLICATION_VERSION = "SELECT version FROM application WHERE id = ?";
    /**
     * Looked at again where it is deleted, as the token may have been taken anew. Arguments: the oldest moment of what is
     * kept, twice.
     */
    public static final String FORGET_ANSWERS = "DELETE FROM answer WHERE at < ? AND (actor, operation, token) IN"
            + " (SELECT actor, operation, token FROM answer WHERE at < ? ORDER BY at LIMIT 1000)";

    private Selects() {}
}
