package io.changeorder.domain.app;

import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import java.time.Instant;
import java.util.Optional;

/**
 * What is managed: at most one live order, a settled snapshot to return to, and a fence.
 *
 * @param id its identity
 * @param name 1 to 36 characters, unique in its namespace until the application is deleted
 * @param namespace where it lives, may be empty
 * @param createdAt when
 * @param version grows by one with each commit; the expected version of an optimistic write
 * @param events how many events its history has; their numbers are 1 to this without a gap
 * @param fence grows whenever somebody loses the right to touch instances
 * @param liveOrder the order that is carried out now
 * @param lastOrder the order that was opened last
 * @param settled the snapshot that the last successful order reached: the rollback target
 * @param generation the newest generation that was ever ordered
 * @param intended how many instances the last committed intention asked for
 * @param touched whether an intention was committed since {@code settled} was reached
 * @param growth whether raising the fence stopped all growth, and from where it is to go on
 */
public record Application(
        ApplicationId id,
        String name,
        String namespace,
        Instant createdAt,
        long version,
        long events,
        Fence fence,
        Optional<ChangeOrderId> liveOrder,
        Optional<ChangeOrderId> lastOrder,
        Snapshot settled,
        int generation,
        Composition intended,
        boolean touched,
        Growth growth) {

    /** Not stored yet: version 0, no events, not deployed. */
    public static Application fresh(ApplicationId id, String name, String namespace, Instant createdAt) {
        return new Application(
                id,
                name,
                namespace,
                createdAt,
                0,
                0,
                Fence.ZERO,
                Optional.empty(),
                Optional.empty(),
                new Snapshot.NotDeployed(),
                0,
                Composition.EMPTY,
                false,
                Growth.FREE);
    }

    public boolean isDeleted() {
        return settled instanceof Snapshot.Deleted;
    }

    /** The state after one more commit with this many events. */
    public Application committed(int newEvents) {
        return new Application(
                id,
                name,
                namespace,
                createdAt,
                version + 1,
                events + newEvents,
                fence,
                liveOrder,
                lastOrder,
                settled,
                generation,
                intended,
                touched,
                growth);
    }

    public Application withNextFence() {
        return new Application(
                id,
                name,
                namespace,
                createdAt,
                version,
                events,
                fence.next(),
                liveOrder,
                lastOrder,
                settled,
                generation,
                intended,
                touched,
                growth);
    }

    public Application withLiveOrder(ChangeOrderId order, int newGeneration) {
        return new Application(
                id,
                name,
                namespace,
                createdAt,
                version,
                events,
                fence,
                Optional.of(order),
                Optional.of(order),
                settled,
                newGeneration,
                intended,
                touched,
                growth);
    }

    public Application withoutLiveOrder() {
        return new Application(
                id,
                name,
                namespace,
                createdAt,
                version,
                events,
                fence,
                Optional.empty(),
                lastOrder,
                settled,
                generation,
                intended,
                touched,
                growth);
    }

    /** Reached: what was touched before is settled now. */
    public Application withSettled(Snapshot reached) {
        return new Application(
                id,
                name,
                namespace,
                createdAt,
                version,
                events,
                fence,
                liveOrder,
                lastOrder,
                reached,
                generation,
                intended,
                false,
                growth);
    }

    public Application withIntended(Composition newIntended) {
        return new Application(
                id,
                name,
                namespace,
                createdAt,
                version,
                events,
                fence,
                liveOrder,
                lastOrder,
                settled,
                generation,
                newIntended,
                true,
                growth);
    }

    public Application withGrowth(Growth newGrowth) {
        return new Application(
                id,
                name,
                namespace,
                createdAt,
                version,
                events,
                fence,
                liveOrder,
                lastOrder,
                settled,
                generation,
                intended,
                touched,
                newGrowth);
    }
}
