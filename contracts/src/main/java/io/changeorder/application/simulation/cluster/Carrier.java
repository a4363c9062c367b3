package io.changeorder.application.simulation.cluster;

import io.changeorder.application.fixture.ForwardingRuntime;
import io.changeorder.application.simulation.stage.Figures;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries a node's calls to the runtime, not always at once and not always once. As with any runtime that keeps its
 * contract, a call that was overtaken by a later one of the same application does not arrive any more.
 */
public final class Carrier extends ForwardingRuntime {
    private static final Duration LATEST = Duration.ofSeconds(20);

    private final Cluster cluster;
    private final Node node;

    public Carrier(Cluster cluster, Node node) {
        super(cluster.witness());
        this.cluster = cluster;
        this.node = node;
    }

    @Override
    public ScaleResult scale(ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
        return carry(application, () -> inner.scale(application, entry, revision, count, fence));
    }

    @Override
    public ScaleResult startAfresh(ApplicationId application, Set<InstanceId> replaced, Fence fence) {
        return carry(application, () -> inner.startAfresh(application, replaced, fence));
    }

    @Override
    public boolean raise(ApplicationId application, Fence fence, Duration limit) {
        Supplier<Boolean> call = () -> inner.raise(application, fence, limit);
        if (cluster.dice().chance(cluster.weather().late())) {
            arriveLater(application, call);
            return false;
        }
        return call.get();
    }

    private <T> T carry(ApplicationId application, Supplier<T> call) {
        if (cluster.dice().chance(cluster.weather().late())) {
            arriveLater(application, call);
            cluster.figures().count(Figures.Kind.LATE_CALLS);
            cluster.stage().current().ifPresent(Task::meetTrouble);
            throw new RuntimeUnavailableException("it is unknown whether this was done");
        }
        T answer = call.get();
        if (cluster.dice().chance(cluster.weather().twice())) {
            arriveLater(application, call);
            cluster.figures().count(Figures.Kind.REPEATED_CALLS);
        }
        return answer;
    }

    private void arriveLater(ApplicationId application, Supplier<?> call) {
        Task task = cluster.stage().current().orElseThrow();
        long calls = cluster.witness().calls(application);
        cluster.stage().enter(cluster.dice().within(LATEST), () -> {
            if (cluster.witness().calls(application) == calls) {
                cluster.stage()
                        .perform(
                                task, () -> cluster.trace().note("a call of " + node.id() + " arrives: " + call.get()));
            }
        });
    }

    @Override
    public void onChange(Consumer<ApplicationId> listener) {
        node.listen(listener);
    }
}
