package io.changeorder.application.engine;

import com.google.common.util.concurrent.Striped;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;

/**
 * Commits decisions, and has the listener hear of them in the order in which they were committed. Remembers which
 * applications this node halted: where no order is live whose lease would say it, only that node has growth go on. Safe
 * from any thread.
 */
@Singleton
public final class Committer {
    private static final int STRIPES = 256;

    private final ChangeOrderStore store;
    private final EventFeed feed;
    private final Identities ids;
    private final Striped<Lock> locks = Striped.lazyWeakLock(STRIPES);
    /** With the fence under which it was halted; absent where it is not known whether that was committed. */
    private final Map<ApplicationId, Optional<Fence>> halted = new ConcurrentHashMap<>();

    @Inject
    public Committer(ChangeOrderStore store, EventFeed feed, Identities ids) {
        this.store = store;
        this.feed = feed;
        this.ids = ids;
    }

    /** Commits what the engine itself decides. */
    public CommitResult commit(Decision.Accepted change) {
        return commit(change, List.of(), Optional.empty(), Optional.empty());
    }

    /** Commits what a decision changes, with the versions, the answer and the record that go with it. */
    public CommitResult commit(
            Decision.Accepted change,
            List<Version> versions,
            Optional<StoredAnswer> answer,
            Optional<AuditEntry> audit) {
        Commit commit = new Commit(
                change.application().version() - 1,
                change.application(),
                change.orders(),
                withMark(change, versions),
                change.events(),
                answer,
                ids.node(),
                audit);
        Lock lock = locks.get(change.application().id());
        lock.lock();
        try {
            CommitResult result = store.commit(commit);
            if (result == CommitResult.COMMITTED) {
                remember(change.application());
                feed.publish(change.events());
            }
            return result;
        } catch (StoreUnavailableException unknown) {
            halted.put(change.application().id(), Optional.empty());
            throw unknown;
        } finally {
            lock.unlock();
        }
    }

    private void remember(Application application) {
        if (application.growth().isHalted()) {
            halted.put(application.id(), Optional.of(application.fence()));
        } else {
            halted.remove(application.id());
        }
    }

    /** Whether this node halted the application as it is now. */
    boolean hasHalted(Application application) {
        return halted.getOrDefault(application.id(), Optional.empty()).equals(Optional.of(application.fence()));
    }

    /** Whether this node may have halted the application and never learned it. */
    boolean mayHaveHalted(ApplicationId application) {
        return Optional.ofNullable(halted.get(application))
                .filter(Optional::isEmpty)
                .isPresent();
    }

    private List<Version> withMark(Decision.Accepted change, List<Version> versions) {
        List<Version> all = new ArrayList<>(versions);
        change.rolledBack()
                .ifPresent(mark -> store.findVersion(change.application().id(), mark.version())
                        .ifPresent(version -> all.add(version.withRolledBackBy(mark.rollback()))));
        return all;
    }
}
