package io.changeorder.application.contract.trial;

import io.changeorder.application.contract.RuntimeFixture;
import io.changeorder.application.fake.Behaviour;
import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** A simulated world whose time passes while something is awaited; what a test sees of it may be bad. */
final class SimulatedRuntimeFixture implements RuntimeFixture {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final int PATIENCE_STEPS = 1_000;
    private static final String UNUSABLE = "file:///srv/unusable.jar";

    private final SettableClock clock = new SettableClock();
    private final Function<SimulatedRuntime, ApplicationRuntime> seen;
    private SimulatedRuntime runtime = new SimulatedRuntime(clock);
    private ApplicationRuntime open;

    /** @param seen what stands between a test and each runtime that is opened */
    SimulatedRuntimeFixture(Function<SimulatedRuntime, ApplicationRuntime> seen) {
        this.seen = seen;
        this.open = seen.apply(runtime);
    }

    @Override
    public ApplicationRuntime runtime() {
        return open;
    }

    @Override
    public void reopen() {
        SimulatedRuntime next = runtime.another();
        runtime.close();
        runtime = next;
        open = seen.apply(next);
    }

    @Override
    public Revision ready(String label) {
        return behaving("ready", label, Behaviour.readyAfter(Duration.ofMillis(100)));
    }

    @Override
    public Revision neverReady(String label) {
        return behaving("never-ready", label, Behaviour.neverReady());
    }

    @Override
    public Revision exitsAtOnce(String label) {
        return behaving("exits", label, Behaviour.exitsAtOnce());
    }

    @Override
    public Revision ignoresTermination(String label) {
        return behaving("ignores", label, Behaviour.USUAL.stoppingFor(Duration.ofSeconds(3)));
    }

    private Revision behaving(String how, String label, Behaviour behaviour) {
        Revision revision = Revision.command(how).withVersionLabel(label);
        runtime.behave(revision, behaviour);
        return revision;
    }

    @Override
    public Revision withArtifact(String label) {
        return Revision.fatJar(Artifact.at("file:///srv/" + label + ".jar"));
    }

    @Override
    public Revision unusable() {
        runtime.refuse(UNUSABLE, "PackageUrl", "There is no such file. Name one that exists.");
        return Revision.fatJar(Artifact.at(UNUSABLE));
    }

    @Override
    public void kill(ApplicationId application, InstanceId instance) {
        runtime.kill(application, instance);
    }

    @Override
    public void setUnready(ApplicationId application, InstanceId instance, boolean unready) {
        runtime.setUnready(application, instance, unready);
    }

    @Override
    public void change(ApplicationId application, InstanceId instance) {
        runtime.change(application, instance, Difference.Kind.ENVIRONMENT, "another environment");
    }

    @Override
    public void addRogue(ApplicationId application) {
        runtime.addRogue(application);
    }

    @Override
    public ParkedCall parkNextScale() {
        return runtime.parkNextScale();
    }

    @Override
    public void pass(Duration time) {
        clock.advance(time);
        runtime.tick();
    }

    @Override
    public void await(String condition, Callable<Boolean> holds) {
        for (int step = 0; step < PATIENCE_STEPS; step++) {
            if (holds(holds)) {
                return;
            }
            pass(STEP);
        }
        throw new AssertionError("it never came to this: " + condition);
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError("the condition could not be asked", e);
        }
    }

    @Override
    public void settle() {
        pass(Duration.ofSeconds(2));
    }

    @Override
    public void close() {
        runtime.close();
    }
}
