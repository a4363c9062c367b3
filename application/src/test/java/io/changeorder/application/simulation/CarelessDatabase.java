package io.changeorder.application.simulation;

import io.changeorder.application.fake.InMemoryDatabase;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;

/** Commits whatever comes. */
final class CarelessDatabase extends InMemoryDatabase {
    @Override
    protected CommitResult judge(Commit commit) {
        return CommitResult.COMMITTED;
    }
}
