package io.changeorder.adapter.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.adapter.persistence.access.CrowdedFixture;
import io.changeorder.application.contract.AccessFixture;
import io.changeorder.application.contract.AccessStoreContract;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.store.StoreUnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PostgresAccessStoreTest extends AccessStoreContract {
    /** One store is a server's and the other one has connections of its own. */
    @Override
    protected AccessFixture makeFixture() {
        return new Fixture();
    }

    @Test
    void whatMayHaveBeenDoneIsNotDoneAgainAndSaidToBeUnknown() {
        PostgresServer database = Server.newDatabase();
        try (AccessStore store = PostgresAccessStore.open(database)) {
            Server.run(
                    database,
                    "CREATE FUNCTION test_end() RETURNS trigger LANGUAGE plpgsql AS"
                            + " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$",
                    "CREATE TRIGGER test_end AFTER INSERT ON nonce FOR EACH ROW EXECUTE FUNCTION test_end()");
            assertThatThrownBy(() -> store.rememberNonce(OrderBuilder.ALICE, "n", Duration.ofMinutes(1)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("whether this was done is not known");
            assertThat(store.hasKeys()).as("others go on").isFalse();
        } finally {
            Server.drop(database);
        }
    }

    private static final class Fixture implements CrowdedFixture {
        private final PostgresServer database = Server.newDatabase();
        private PostgresChangeOrderStore server = open();
        private AccessStore store = server.access();

        private PostgresChangeOrderStore open() {
            return PostgresChangeOrderStore.open(database, OrderBuilder.NODE);
        }

        @Override
        public AccessStore store() {
            return store;
        }

        @Override
        public void reopen() {
            store.close();
            server.close();
            server = open();
            store = server.access();
        }

        @Override
        public AccessStore openAnother() {
            return PostgresAccessStore.open(database);
        }

        @Override
        public void letPass(Duration time) {
            Server.run(database, "UPDATE nonce SET until = until - " + time.toMillis());
        }

        @Override
        public void fill() {
            Server.fill(database, "access_key", "nonce");
        }

        @Override
        public void makeRoom() {
            Server.makeRoom(database, "access_key", "nonce");
        }

        @Override
        public void close() {
            store.close();
            server.close();
            Server.giveBack(database);
        }
    }
}
