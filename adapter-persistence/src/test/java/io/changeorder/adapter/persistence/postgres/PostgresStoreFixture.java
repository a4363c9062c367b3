package io.changeorder.adapter.persistence.postgres;

import static org.awaitility.Awaitility.await;

import io.changeorder.adapter.persistence.postgres.PostgresChangeOrderStore.Patience;
import io.changeorder.adapter.persistence.postgres.Server.Gate;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.contract.StoreFixture;
import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.NodeId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Real stores over a database of their own on a real server. */
final class PostgresStoreFixture implements StoreFixture {
    static final Patience PATIENCE = new Patience(
            Duration.ofMillis(500), Duration.ofSeconds(40), Duration.ofSeconds(40), Patience.USUAL.silence());
    private static final int BEFORE_THE_STATEMENT = 1;
    private static final int AT_ITS_END = 2;
    private static final int BEFORE_THE_ANSWER = 3;

    private final PostgresServer database;
    private final PostgresServer server;
    private final Steps steps = new Steps();
    private PostgresChangeOrderStore store;
    private boolean damaged;

    /** @param parameters of the address: empty, or from the question mark on */
    PostgresStoreFixture(String parameters) {
        this.database = Server.newDatabase();
        this.server = new PostgresServer(database.url() + parameters, database.user(), database.password());
        this.store = open();
    }

    private PostgresChangeOrderStore open() {
        return PostgresChangeOrderStore.open(server, OrderBuilder.NODE, PATIENCE, steps);
    }

    /** Where a store dies. */
    private static final class Steps implements Statements.Steps {
        private volatile boolean dead;
        private volatile boolean dyingAfter;

        /** What the threads of a dead store end with. */
        private static final class Died extends Error {
            private static final long serialVersionUID = 1L;

            Died() {
                super("this store died", null, false, false);
            }
        }

        @Override
        public void before(String sql) {
            if (dead) {
                throw new Died();
            }
        }

        @Override
        public void after(String sql) {
            if (dyingAfter && !sql.equals(PostgresSql.ASK)) {
                dead = true;
                throw new Died();
            }
        }

        void live() {
            dead = false;
            dyingAfter = false;
        }
    }

    PostgresServer database() {
        return database;
    }

    @Override
    public ChangeOrderStore store() {
        return store;
    }

    @Override
    public void reopen() {
        store.close();
        steps.live();
        store = open();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public ChangeOrderStore openAnother() {
        return PostgresChangeOrderStore.open(server, new NodeId("second"), PATIENCE, Statements.Steps.UNWATCHED);
    }

    @Override
    public ParkedCall holdNextCommit() {
        ParkedCall held = new ParkedCall();
        atTheGate(waiting -> held.pass());
        return held;
    }

    /** The gate is shut when this returns, and opened after this was done with whoever stands at it. */
    private void atTheGate(Consumer<Integer> doing) {
        try {
            Gate gate = Server.shutGate(database);
            Thread keeper = new Thread(() -> {
                try (gate) {
                    await("a commit at its end")
                            .pollDelay(Duration.ZERO)
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> !gate.waiting().isEmpty());
                    doing.accept(gate.waiting().get(0));
                } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            keeper.setDaemon(true);
            keeper.start();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public int waiting() {
        return store.queued();
    }

    @Override
    public Optional<CommitResult> commitDyingAt(int step, Commit commit) {
        switch (step) {
            case BEFORE_THE_STATEMENT -> steps.dead = true;
            case AT_ITS_END ->
                atTheGate(waiting -> {
                    steps.dead = true;
                    Server.runAsAdministrator("SELECT pg_terminate_backend(" + waiting + ", 10000)");
                });
            case BEFORE_THE_ANSWER -> steps.dyingAfter = true;
            default -> steps.live();
        }
        try {
            return Optional.of(store.commit(commit));
        } catch (IllegalStateException | Steps.Died beforeItAnswered) {
            return Optional.empty();
        }
    }

    @Override
    public void fill() {
        Server.fill(database, "event");
    }

    @Override
    public void makeRoom() {
        Server.makeRoom(database, "event");
    }

    @Override
    public void takeAway() {
        String name = Server.nameOf(database);
        Server.runAsAdministrator(
                "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false",
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '" + name + "'");
        await("nobody is connected")
                .until(() -> Server.askAsAdministrator(
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + name + "'")
                        .equals(List.of("0")));
    }

    @Override
    public void bringBack() {
        Server.runAsAdministrator("ALTER DATABASE " + Server.nameOf(database) + " ALLOW_CONNECTIONS true");
        // The pool looks for it at longer and longer intervals.
        await("it is found again")
                .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                .until(() -> {
                    store.maintenance();
                    return true;
                });
    }

    @Override
    public void damage() {
        store.close();
        Server.run(database, "DROP INDEX change_order_live");
        damaged = true;
    }

    @Override
    public void close() {
        store.close();
        if (damaged) {
            Server.drop(database);
        } else {
            Server.giveBack(database);
        }
    }
}
