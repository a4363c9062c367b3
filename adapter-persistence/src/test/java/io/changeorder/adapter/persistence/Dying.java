package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.sql.Statements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The death of a store at a statement: the database's files as they are at that moment, in the middle of a transaction,
 * are what a killed process leaves behind. They are copied, for the store itself can't help tidying up when it is closed.
 */
final class Dying implements Statements.Steps {
    private final Path folder;
    private final Path left;
    private int statementsToRun;
    private boolean dead;

    /**
     * @param left where the files go
     * @param at the statement before which it dies, counted from 1
     */
    Dying(Path folder, Path left, int at) {
        this.folder = folder;
        this.left = left;
        this.statementsToRun = at - 1;
    }

    /** What the threads of a dead store end with. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died() {
            super("this store died", null, false, false);
        }
    }

    @Override
    public synchronized void before(String sql) {
        if (statementsToRun == 0) {
            die();
            throw new Died();
        }
        statementsToRun--;
    }

    /** The answer, if it lived to give one; it dies then. */
    <T> Optional<T> answered(Supplier<T> call) {
        Optional<T> answer;
        try {
            answer = Optional.of(call.get());
        } catch (Died | IllegalStateException beforeItAnswered) {
            answer = Optional.empty();
        }
        die();
        return answer;
    }

    /** Where the next store finds what this one left. */
    Path left() {
        return left;
    }

    private synchronized void die() {
        statementsToRun = 0;
        if (dead) {
            return;
        }
        dead = true;
        try (Stream<Path> files = Files.list(folder)) {
            Files.createDirectories(left);
            List<Path> database = files.filter(
                            file -> file.getFileName().toString().startsWith(SqliteDatabase.FILE))
                    .toList();
            for (Path file : database) {
                Files.copy(file, left.resolve(file.getFileName()));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
