package io.changeorder.application.contract.trial;

import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does as the runtime behind it does. */
class ForwardingRuntime implements ApplicationRuntime {
    final SimulatedRuntime inner;

    ForwardingRuntime(SimulatedRuntime inner) {
        this.inner = inner;
    }

    @Override
    public Preparation prepare(Revision revision) {
        return inner.prepare(revision);
    }

    @Override
    public void release(ApplicationId application, Fence fence) {
        inner.release(application, fence);
    }

    @Override
    public ScaleResult scale(ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
        return inner.scale(application, entry, revision, count, fence);
    }

    @Override
    public boolean raise(ApplicationId application, Fence fence, Duration limit) {
        return inner.raise(application, fence, limit);
    }

    @Override
    public Observation observe(ApplicationId application) {
        return inner.observe(application);
    }

    @Override
    public ScaleResult startAfresh(ApplicationId application, Set<InstanceId> replaced, Fence fence) {
        return inner.startAfresh(application, replaced, fence);
    }

    @Override
    public Proof prove(
            ApplicationId application, Composition expected, Function<Entry, Revision> revisions, Duration readyFor) {
        return inner.prove(application, expected, revisions, readyFor);
    }

    @Override
    public void onChange(Consumer<ApplicationId> listener) {
        inner.onChange(listener);
    }

    @Override
    public void close() {
        inner.close();
    }
}
