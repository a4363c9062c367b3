package io.changeorder.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Revision;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract is worth something only if a runtime that does nothing breaks it. */
class ApplicationRuntimeContractTest {
    @Test
    void aRuntimeThatDoesNothingBreaksEveryTestButThoseThatAskForNothing() {
        assertThat(Stream.of(ApplicationRuntimeContract.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .filter(ApplicationRuntimeContractTest::isKeptByDoingNothing)
                        .map(Method::getName))
                .containsExactlyInAnyOrder(
                        "anApplicationThatWasNeverScaledHasNoInstances",
                        "theProofOfNothingHoldsWhenThereIsNothing",
                        "preparingTwiceGivesTheSameRevision",
                        "releasingAnApplicationThatNeverWasIsHarmless");
    }

    private static boolean isKeptByDoingNothing(Method test) {
        Contract contract = new Contract();
        contract.makeTheFixture();
        try {
            test.invoke(contract);
            return true;
        } catch (InvocationTargetException e) {
            return false;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        } finally {
            contract.closeTheFixture();
        }
    }

    private static final class Contract extends ApplicationRuntimeContract {
        @Override
        protected RuntimeFixture makeFixture() {
            return new IdleFixture();
        }
    }

    private static final class IdleRuntime implements ApplicationRuntime {
        @Override
        public Preparation prepare(Revision revision) {
            return new Preparation.Prepared(revision);
        }

        @Override
        public void release(ApplicationId application, Fence fence) {}

        @Override
        public ScaleResult scale(ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
            return ScaleResult.INITIATED;
        }

        @Override
        public boolean raise(ApplicationId application, Fence fence, Duration limit) {
            return true;
        }

        @Override
        public Observation observe(ApplicationId application) {
            return new Observation(Instant.EPOCH, List.of());
        }

        @Override
        public ScaleResult startAfresh(ApplicationId application, Set<InstanceId> replaced, Fence fence) {
            return ScaleResult.INITIATED;
        }

        @Override
        public Proof prove(
                ApplicationId application,
                Composition expected,
                Function<Entry, Revision> revisions,
                Duration readyFor) {
            return new Proof(List.of(), List.of(), List.of());
        }

        @Override
        public void onChange(Consumer<ApplicationId> listener) {}

        @Override
        public void close() {}
    }

    private static final class IdleFixture implements RuntimeFixture {
        private final ApplicationRuntime runtime = new IdleRuntime();

        @Override
        public ApplicationRuntime runtime() {
            return runtime;
        }

        @Override
        public void reopen() {}

        @Override
        public Revision ready(String label) {
            return Revision.command("ready").withVersionLabel(label);
        }

        @Override
        public Revision neverReady(String label) {
            return Revision.command("never-ready").withVersionLabel(label);
        }

        @Override
        public Revision exitsAtOnce(String label) {
            return Revision.command("exits").withVersionLabel(label);
        }

        @Override
        public Revision ignoresTermination(String label) {
            return Revision.command("ignores").withVersionLabel(label);
        }

        @Override
        public void kill(ApplicationId application, InstanceId instance) {}

        @Override
        public void setUnready(ApplicationId application, InstanceId instance, boolean unready) {}

        @Override
        public void change(ApplicationId application, InstanceId instance) {}

        @Override
        public void addRogue(ApplicationId application) {}

        @Override
        public ParkedCall parkNextScale() {
            ParkedCall passed = new ParkedCall();
            passed.release();
            passed.pass();
            return passed;
        }

        @Override
        public void pass(Duration time) {}

        @Override
        public void await(String condition, Callable<Boolean> holds) {
            try {
                if (holds.call()) {
                    return;
                }
            } catch (Exception e) {
                throw new AssertionError(condition, e);
            }
            throw new AssertionError("it never came to this: " + condition);
        }

        @Override
        public void settle() {}

        @Override
        public void close() {}
    }
}
