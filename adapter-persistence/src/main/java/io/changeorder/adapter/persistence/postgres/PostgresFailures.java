package io.changeorder.adapter.persistence.postgres;

import io.changeorder.adapter.persistence.postgres.PostgresDatabase.NoConnectionException;
import io.changeorder.adapter.persistence.postgres.PostgresGroups.OutcomeUnknownException;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL's failures mean, by their SQLSTATE, and what to do about them. */
final class PostgresFailures {
    /** In the manner of PostgreSQL's own. */
    static final String TOO_OLD = "CO001";

    /** The server was not asked: whoever has the connections says so in words of his own. */
    private static final String ALL_IN_USE = "CO002";

    /** Nor was it here, and why is not known. */
    private static final String NO_CONNECTION = "CO003";

    private static final String UNIQUE = "23505";
    private static final String NOT_NULL = "23502";
    private static final String CONNECTIONS = "08";
    /** Shut down by its administrator, crashed, starting. */
    private static final Set<String> GOING_DOWN = Set.of("57P01", "57P02", "57P03");

    private static final Set<String> MET_ANOTHER = Set.of("40001", "40P01");
    private static final String UNKNOWN = "whether this was done is not known";
    private static final String NOTHING = "nothing was changed";

    private PostgresFailures() {}

    /** The answer to a commit that the database refused, if it is one. */
    static Optional<CommitResult> answer(SQLException failure) {
        if (!(failure instanceof PSQLException refused) || refused.getServerErrorMessage() == null) {
            return Optional.empty();
        }
        ServerErrorMessage message = refused.getServerErrorMessage();
        if (UNIQUE.equals(message.getSQLState())) {
            return switch (String.valueOf(message.getConstraint())) {
                case "change_order_live" -> Optional.of(CommitResult.ANOTHER_ORDER_IS_LIVE);
                case "application_name" -> Optional.of(CommitResult.NAME_TAKEN);
                case "answer_pkey" -> Optional.of(CommitResult.TOKEN_TAKEN);
                default -> Optional.empty();
            };
        }
        boolean taken = NOT_NULL.equals(message.getSQLState()) && "answer".equals(message.getTable());
        return taken ? Optional.of(CommitResult.TOKEN_TAKEN) : Optional.empty();
    }

    /** Nothing more is heard of what was asked. */
    static boolean isConnectionLost(SQLException failure) {
        String state = state(failure);
        return state.startsWith(CONNECTIONS) || GOING_DOWN.contains(state);
    }

    /** It lost against another transaction, and was undone. */
    static boolean isWorthRetrying(SQLException failure) {
        return MET_ANOTHER.contains(state(failure));
    }

    static StoreUnavailableException unavailable(SQLException failure) {
        String advice =
                advice(state(failure)).formatted(failure instanceof OutcomeUnknownException ? UNKNOWN : NOTHING);
        return new StoreUnavailableException(advice + " (" + message(failure) + ")", advice, failure);
    }

    /** A pool says only that it has no connection; why is in the cause. */
    private static SQLException told(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException told && told.getSQLState() != null) {
                return told;
            }
        }
        return failure;
    }

    private static String state(SQLException failure) {
        String state = told(failure).getSQLState();
        if (state == null && failure instanceof NoConnectionException none) {
            return none.isAllInUse() ? ALL_IN_USE : NO_CONNECTION;
        }
        return String.valueOf(state);
    }

    private static String message(SQLException failure) {
        return String.valueOf(told(failure).getMessage());
    }

    /** What to do, and a place for what has become of the call. */
    private static String advice(String state) {
        return switch (state) {
            case TOO_OLD ->
                "A newer Changeorder has changed the database, and does not work beside this one; %s. Replace this node"
                        + " by a newer one.";
            case ALL_IN_USE ->
                "Every connection to the database is in use; %s. Try again; if it stays so, look for what holds them up"
                        + " (pg_stat_activity), or let the pool have more.";
            case NO_CONNECTION ->
                "There was no connection to the database to be had: the server can't be reached, or others have all of"
                        + " them; %s. Try again; if it stays so, check its address and the network, and the pool.";
            case "53100" -> "The disk of the database server is full; %s. Free some space on it.";
            case "53300" ->
                "The database server has no connection left; %s. Let it have more (max_connections), or close"
                        + " some.";
            case "53200" -> "The database server has no memory left; %s. Give it more.";
            case "28P01", "28000" ->
                "The database server does not accept this user and password; %s. Check both, and" + " pg_hba.conf.";
            case "3D000" -> "There is no such database on the server; %s. Create it: CREATE DATABASE.";
            case "42501" -> "The user may not do this in the database; %s. Let it own the schema.";
            case "25006" ->
                "The database server takes no writes: it is a standby, or read-only; %s. Name the primary"
                        + " (targetServerType=primary).";
            case "57014" ->
                "The database server took too long; %s. Look at what else it does, or give it more time"
                        + " (statement_timeout).";
            case "55P03" ->
                "Somebody else holds what is written, for too long; %s. Look for a transaction in the database"
                        + " that was left open.";
            case "42P01", "42703" ->
                "The database is damaged: tables or columns are missing; %s. Restore it from a backup,"
                        + " or use an empty one.";
            case "XX000", "XX001", "XX002" ->
                "The database is damaged; %s. Restore it from a backup, or use an empty one.";
            case "40001", "40P01" -> "Others write the same all the time; %s. Try again.";
            default ->
                state.startsWith(CONNECTIONS) || GOING_DOWN.contains(state) || state.equals("55000")
                        ? "The database server can't be reached; %s. Start it, or check its address and the network."
                        : "The database can't be used; %s. Try again; if it stays so, look into the database server's log.";
        };
    }
}
