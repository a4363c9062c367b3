package io.changeorder.application.simulation.cluster;

import io.changeorder.application.fixture.Interceptor;
import io.changeorder.application.simulation.stage.Figures;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoreUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;

/** What may come between a node and its store or runtime, before and after each call. */
public final class Gate implements Interceptor {
    private static final Duration A_MOMENT = Duration.ofMillis(20);
    private static final Duration A_WHILE = Duration.ofSeconds(3);
    private static final Duration AN_ETERNITY = Duration.ofMinutes(3);
    /** How much more often a node dies at a call that changes something. */
    private static final int DANGER = 5;

    private final Cluster cluster;
    private final Node node;

    public Gate(Cluster cluster, Node node) {
        this.cluster = cluster;
        this.node = node;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T around(Call call, Supplier<T> proceed) {
        if (cluster.stage().current().isEmpty()) {
            // Its operator closes the node, and nothing befalls it meanwhile.
            return proceed.get();
        }
        boolean isOfStore = isOfStore(call);
        standBy(call, true);
        Weather weather = cluster.weather();
        boolean trouble = chance(isOfStore ? weather.storeTrouble() : weather.runtimeTrouble());
        boolean lost = (trouble && call.isChanging() && chance(0.5)) || (call == Call.COMMIT && chance(weather.lost()));
        if (node.isCutOff(isOfStore) || (trouble && !lost)) {
            throw unavailable(call, "was not done");
        }
        if (call == Call.COMMIT && chance(weather.conflicts())) {
            cluster.figures().count(Figures.Kind.CONFLICTS);
            return (T) CommitResult.CONFLICT;
        }
        T answer = proceed.get();
        standBy(call, false);
        if (lost) {
            throw unavailable(call, "was done, and nobody learns it");
        }
        return answer;
    }

    private void standBy(Call call, boolean isBefore) {
        node.requireAlive();
        Weather weather = cluster.weather();
        if (chance(call.isChanging() ? DANGER * weather.crashes() : weather.crashes())) {
            node.crash((isBefore ? "before " : "after ") + call);
            node.requireAlive();
        }
        boolean isEffect = isBefore && call.isChanging() && !isOfStore(call);
        if (isEffect && chance(weather.freezes())) {
            pause(AN_ETERNITY);
        } else if (call != Call.COMMIT && chance(weather.pauses())) {
            // A commit is made under a lock of its node, in which nothing may wait for another task.
            pause(chance(weather.freezes()) ? AN_ETERNITY : chance(0.1) ? A_WHILE : A_MOMENT);
        }
    }

    private void pause(Duration most) {
        cluster.figures().count(Figures.Kind.PAUSES);
        cluster.stage().pause(cluster.dice().within(most));
        node.requireAlive();
    }

    private boolean chance(double probability) {
        return cluster.dice().chance(probability);
    }

    private RuntimeException unavailable(Call call, String what) {
        cluster.stage().current().ifPresent(Task::meetTrouble);
        cluster.trace().note(node.id() + " " + call + " " + what);
        cluster.figures().count(isOfStore(call) ? Figures.Kind.STORE_TROUBLES : Figures.Kind.RUNTIME_TROUBLES);
        return isOfStore(call)
                ? new StoreUnavailableException("it is unknown whether this was done")
                : new RuntimeUnavailableException("away");
    }

    private static boolean isOfStore(Call call) {
        return switch (call) {
            case READ, COMMIT, SET_MAINTENANCE, AUDIT, RENEW_LEASE -> true;
            case PREPARE, OBSERVE, PROVE, SCALE, RAISE, START_AFRESH, RELEASE -> false;
        };
    }
}
