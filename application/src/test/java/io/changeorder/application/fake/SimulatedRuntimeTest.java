package io.changeorder.application.fake;

import io.changeorder.application.contract.ApplicationRuntimeContract;
import io.changeorder.application.contract.RuntimeFixture;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

class SimulatedRuntimeTest extends ApplicationRuntimeContract {
    @Override
    protected RuntimeFixture makeFixture() {
        return new Fixture();
    }

    private static final class Fixture implements RuntimeFixture {
        private static final Duration STEP = Duration.ofMillis(50);
        private static final int PATIENCE_STEPS = 1_000;

        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        private SimulatedRuntime runtime = new SimulatedRuntime(now::get);

        @Override
        public ApplicationRuntime runtime() {
            return runtime;
        }

        @Override
        public void reopen() {
            SimulatedRuntime next = runtime.another();
            runtime.close();
            runtime = next;
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
            now.updateAndGet(instant -> instant.plus(time));
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
}
