package io.changeorder.adapter.persistence;

import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's failures mean, and what to do about them. */
final class SqliteFailures {
    private static final int PRIMARY_CODE = 0xff;

    private final Path folder;

    SqliteFailures(Path folder) {
        this.folder = folder;
    }

    /** The answer to a commit that a unique index refused. */
    static Optional<CommitResult> answer(SQLException failure) {
        if (!(failure instanceof SQLiteException sqlite)
                || sqlite.getResultCode() != SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE) {
            return Optional.empty();
        }
        String message = String.valueOf(failure.getMessage());
        if (message.contains("change_order.application")) {
            return Optional.of(CommitResult.ANOTHER_ORDER_IS_LIVE);
        }
        return message.contains("application.name") ? Optional.of(CommitResult.NAME_TAKEN) : Optional.empty();
    }

    StoreUnavailableException unavailable(SQLException failure) {
        String advice = advice(code(failure));
        return new StoreUnavailableException(
                advice.formatted(" " + folder) + " (" + failure.getMessage() + ")", advice.formatted(""), failure);
    }

    /** The folder itself, before there is any database in it. */
    static StoreUnavailableException unwritable(Path folder, IOException why) {
        return new StoreUnavailableException(
                "The data folder " + folder + " can't be written (" + why
                        + "). Make it writable for this user, or use another folder.",
                why);
    }

    private static SQLiteErrorCode code(SQLException failure) {
        return failure instanceof SQLiteException sqlite
                ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY_CODE)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }

    /** SQLite's codes are many and not ours: the ones that a person can do something about. Which folder is left open. */
    private static String advice(SQLiteErrorCode code) {
        if (code == SQLiteErrorCode.SQLITE_FULL) {
            return "The disk of the data folder%s is full; nothing was changed. Free some space on it.";
        }
        if (code == SQLiteErrorCode.SQLITE_READONLY
                || code == SQLiteErrorCode.SQLITE_CANTOPEN
                || code == SQLiteErrorCode.SQLITE_PERM) {
            return "The data folder%s can't be written; nothing was changed. Make it and the files in it writable for"
                    + " this user.";
        }
        if (code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB) {
            return "The database in the data folder%s is damaged. Restore the folder from a backup, or start with an"
                    + " empty one.";
        }
        if (code == SQLiteErrorCode.SQLITE_IOERR) {
            return "The disk of the data folder%s fails to read or write; whether this was done is not known. Check"
                    + " the disk, then look again.";
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED) {
            return "Another program holds the database in the data folder%s; nothing was changed. End that program.";
        }
        return "The database in the data folder%s can't be used; nothing was changed. Try again; if it stays so, end this"
                + " program and restore the folder from a backup.";
    }
}
