package io.changeorder.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.runtime.ApplicationRuntime.Preparation;
import io.changeorder.application.spi.runtime.ApplicationRuntime.ScaleResult;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The words in which a runtime's contract is written. */
abstract class RuntimeContractTerms {
    static final ApplicationId APP = new ApplicationId("018f4c3e-0000-7000-8000-000000000001");
    static final ApplicationId OTHER_APP = new ApplicationId("018f4c3e-0000-7000-8000-000000000002");
    static final Fence F1 = new Fence(1);
    static final Fence F2 = new Fence(2);
    static final Fence F3 = new Fence(3);
    static final Duration LONG = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(100);
    static final Duration BACK_OFF = Duration.ofSeconds(1);
    static final Duration FORGETTING = Duration.ofMinutes(10);

    final Map<Entry, Revision> revisions = new HashMap<>();
    RuntimeFixture fixture;

    /** A fixture over a world of its own, with an open runtime. */
    protected abstract RuntimeFixture makeFixture();

    @BeforeEach
    final void makeTheFixture() {
        fixture = makeFixture();
    }

    @AfterEach
    final void closeTheFixture() {
        fixture.close();
    }

    final ApplicationRuntime runtime() {
        return fixture.runtime();
    }

    final Revision prepared(Revision revision) {
        return runtime().prepare(revision).match(Preparation.Prepared::revision, unusable -> {
            throw new AssertionError(unusable.why());
        });
    }

    final Entry anEntryOf(Revision revision) {
        Revision prepared = prepared(revision);
        Entry entry = new Entry(prepared.id(), 0);
        revisions.put(entry, prepared);
        return entry;
    }

    final ScaleResult scale(Entry entry, int count, Fence fence) {
        return runtime().scale(APP, entry, revisions.get(entry), count, fence);
    }

    final Proof prove(Composition expected) {
        return runtime().prove(APP, expected, revisions::get, Duration.ZERO);
    }

    final List<Instance> instances() {
        return runtime().observe(APP).instances();
    }

    final List<InstanceId> ids() {
        return instances().stream().map(Instance::id).sorted().toList();
    }

    final List<InstanceId> staying() {
        return instances().stream()
                .filter(Predicate.not(Instance::isStopping))
                .map(Instance::id)
                .sorted()
                .toList();
    }

    final Instance find(InstanceId id) {
        return instances().stream()
                .filter(instance -> instance.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    final InstanceId oldest() {
        return instances().stream()
                .min(Comparator.comparing(instance -> instance.readySince().orElseThrow()))
                .orElseThrow()
                .id();
    }

    final void awaitReady(Entry entry, int count) {
        fixture.await(count + " of " + entry + " are ready", () -> {
            List<Instance> of = instances().stream()
                    .filter(instance -> instance.entry().equals(entry))
                    .toList();
            return of.size() == count
                    && of.stream().allMatch(instance -> instance.readySince().isPresent());
        });
    }

    final void awaitExits(int exits) {
        fixture.await(exits + " exits", () -> {
            Instance instance = only(instances());
            return instance.exits() == exits && instance.state() == Instance.State.BACKING_OFF;
        });
    }

    final void awaitGoneBut(int count) {
        fixture.await("only " + count + " exist", () -> instances().size() == count);
    }

    static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.get(0);
    }

    static List<Difference.Kind> kinds(Proof proof) {
        return proof.differences().stream().map(Difference::kind).toList();
    }

    static Set<InstanceId> named(Proof proof) {
        return proof.differences().stream()
                .flatMap(difference -> difference.instance().stream())
                .collect(Collectors.toSet());
    }
}
