package io.changeorder.application.engine;

import com.google.common.util.concurrent.Striped;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Decision;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/** Commits decisions, and has the listener hear of them in the order in which they were committed. */
@Singleton
public final class Committer {
    private static final int STRIPES = 256;

    private final ChangeOrderStore store;
    private final EventFeed feed;
    private final Striped<Lock> locks = Striped.lazyWeakLock(STRIPES);

    @Inject
    public Committer(ChangeOrderStore store, EventFeed feed) {
        this.store = store;
        this.feed = feed;
    }

    /** Commits what a decision changes, with the versions and the answer that go with it. */
    public CommitResult commit(Decision.Accepted change, List<Version> versions, Optional<StoredAnswer> answer) {
        Commit commit = new Commit(
                change.application().version() - 1,
                change.application(),
                change.orders(),
                withMark(change, versions),
                change.events(),
                answer);
        Lock lock = locks.get(change.application().id());
        lock.lock();
        try {
            CommitResult result = store.commit(commit);
            if (result == CommitResult.COMMITTED) {
                feed.publish(change.events());
            }
            return result;
        } finally {
            lock.unlock();
        }
    }

    private List<Version> withMark(Decision.Accepted change, List<Version> versions) {
        List<Version> all = new ArrayList<>(versions);
        change.rolledBack()
                .ifPresent(mark -> store.findVersion(change.application().id(), mark.version())
                        .ifPresent(version -> all.add(version.withRolledBackBy(mark.rollback()))));
        return all;
    }
}
