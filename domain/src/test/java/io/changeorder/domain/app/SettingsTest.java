package io.changeorder.domain.app;

import static io.changeorder.domain.story.Story.R1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.plan.Limits;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Floors, surges, limits and snapshots. */
class SettingsTest {
    // ---- the floor

    @Example
    void withoutAFloorAQuarterRoundedUpStaysReady() {
        assertThat(ReadyFloor.DEFAULT.resolve(4)).isEqualTo(1);
        assertThat(ReadyFloor.DEFAULT.resolve(5)).isEqualTo(2);
        assertThat(ReadyFloor.DEFAULT.resolve(1)).isZero();
        assertThat(ReadyFloor.DEFAULT.resolve(1_000)).isEqualTo(250);
    }

    @Example
    void aRatioIsRoundedUpAndWinsOverANumber() {
        ReadyFloor both = new ReadyFloor(OptionalInt.of(1), OptionalInt.of(50));
        assertThat(both.resolve(5)).isEqualTo(3);
        assertThat(ReadyFloor.ofPercent(0).resolve(7)).isZero();
        assertThat(ReadyFloor.ofPercent(99).resolve(4)).as("clipped").isEqualTo(3);
    }

    @Property
    void aFloorIsNeverAboveAllButOne(
            @ForAll @IntRange(min = 1, max = 1_000) int replicas, @ForAll @IntRange(max = 100) int percent) {
        assertThat(ReadyFloor.ofPercent(percent).resolve(replicas)).isBetween(0, replicas - 1);
        assertThat(ReadyFloor.DEFAULT.resolve(replicas)).isBetween(0, replicas - 1);
        assertThat(ReadyFloor.of(percent).resolve(replicas)).isEqualTo(Math.min(percent, replicas - 1));
        assertThat(ReadyFloor.ofPercent(percent).resolve(replicas))
                .isEqualTo(Math.min((int) Math.ceil(replicas * percent / 100.0), replicas - 1));
    }

    @Property
    void onlyAnExplicitNumberOfAllOrARatioOfAHundredDoesNotFit(
            @ForAll @IntRange(min = 1, max = 50) int replicas,
            @ForAll @IntRange(max = 60) int number,
            @ForAll @IntRange(max = 100) int percent) {
        assertThat(ReadyFloor.of(number).fits(replicas)).isEqualTo(number < replicas);
        assertThat(ReadyFloor.ofPercent(percent).fits(replicas)).isEqualTo(percent < 100);
        assertThat(new ReadyFloor(OptionalInt.of(99), OptionalInt.of(percent)).fits(replicas))
                .as("a ratio wins")
                .isEqualTo(percent < 100);
        assertThat(ReadyFloor.DEFAULT.fits(replicas)).isTrue();
    }

    @Example
    void aFloorIsNeverNegativeNorAboveAHundredPercent() {
        assertThatThrownBy(() -> ReadyFloor.of(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReadyFloor.ofPercent(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReadyFloor.ofPercent(101)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ReadyFloor.ofPercent(100).resolve(4)).isEqualTo(3);
    }

    // ---- the surge

    @Example
    void withoutASurgeOnlyALoneInstanceGetsAnotherBesideIt() {
        assertThat(Surge.DEFAULT.resolve(1)).isEqualTo(1);
        assertThat(Surge.DEFAULT.resolve(2)).isZero();
        assertThat(Surge.of(0).resolve(1)).as("explicitly none").isZero();
        assertThat(Surge.of(3).resolve(2)).isEqualTo(3);
    }

    @Property
    void aSurgeRatioIsRoundedUpAndWins(
            @ForAll @IntRange(min = 1, max = 1_000) int replicas, @ForAll @IntRange(max = 100) int percent) {
        assertThat(new Surge(OptionalInt.of(7), OptionalInt.of(percent)).resolve(replicas))
                .isEqualTo((int) Math.ceil(replicas * percent / 100.0));
    }

    @Example
    void aSurgeIsNeverNegativeNorAboveAHundredPercent() {
        assertThatThrownBy(() -> Surge.of(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Surge(OptionalInt.empty(), OptionalInt.of(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Surge(OptionalInt.empty(), OptionalInt.of(101)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Surge(OptionalInt.empty(), OptionalInt.of(100)).resolve(4))
                .isEqualTo(4);
    }

    // ---- limits

    @Example
    void theFloorOfAChangeIsNeverAboveWhatWasOrWillBe() {
        Settings four = Settings.of(4).withFloor(ReadyFloor.of(3));
        assertThat(Limits.of(four, 4, 4)).isEqualTo(new Limits(3, 4, Timing.DEFAULT));
        assertThat(Limits.of(four, 2, 4)).isEqualTo(new Limits(2, 4, Timing.DEFAULT));
        assertThat(Limits.of(four, 6, 1)).isEqualTo(new Limits(1, 6, Timing.DEFAULT));
        assertThat(Limits.of(four, 0, 4)).isEqualTo(new Limits(0, 4, Timing.DEFAULT));
    }

    @Example
    void aRollbackMayAlwaysAddAnInstance() {
        Settings four = Settings.of(4);
        assertThat(Limits.ofRollback(four, 4, 4).ceiling()).isEqualTo(5);
        assertThat(Limits.ofRollback(four.withSurge(Surge.of(3)), 4, 4).ceiling())
                .isEqualTo(7);
        assertThat(Limits.ofRollback(Settings.of(1), 1, 1).ceiling()).isEqualTo(2);
    }

    @Property
    void theEnginesOwnLimitsAlwaysLeaveAStep(
            @ForAll @IntRange(max = 50) int before,
            @ForAll @IntRange(min = 1, max = 50) int after,
            @ForAll @IntRange(max = 60) int floor,
            @ForAll @IntRange(max = 9) int surge) {
        Settings settings = Settings.of(after).withFloor(ReadyFloor.of(floor)).withSurge(Surge.of(surge));
        assertThat(Limits.of(settings, before, after).ceiling())
                .isGreaterThan(Limits.of(settings, before, after).floor());
        assertThat(Limits.of(settings, before, after).ceiling()).isEqualTo(Math.max(before, after) + surge);
    }

    @Example
    void limitsAreNeverNegative() {
        assertThatThrownBy(() -> new Limits(-1, 0, Timing.DEFAULT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(0, -1, Timing.DEFAULT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void timesAreSaesUnlessSaidOtherwise() {
        assertThat(Timing.DEFAULT.readyFor()).isEqualTo(Duration.ofSeconds(5));
        assertThat(Timing.DEFAULT.instanceReady()).isEqualTo(Duration.ofMinutes(10));
        assertThat(Timing.DEFAULT.batch()).isEqualTo(Duration.ofMinutes(30));
        assertThat(Timing.DEFAULT.withInstanceReady(Duration.ofSeconds(8)))
                .isEqualTo(new Timing(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofMinutes(30)));
        Duration second = Duration.ofSeconds(1);
        Duration negative = Duration.ofSeconds(-1);
        assertThatThrownBy(() -> new Timing(negative, second, second)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Timing(second, negative, second)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Timing(second, Duration.ZERO, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Timing(second, second, negative)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Timing(Duration.ZERO, second, second).readyFor()).isZero();
    }

    // ---- strategies and settings

    @Example
    void aStrategyHasABatchAndNothingNegative() {
        assertThatThrownBy(() -> UpdateStrategy.manual(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UpdateStrategy(-1, 1, UpdateStrategy.Release.AUTO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UpdateStrategy.automatic(1, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void aStrategyIsPhasedWithACanaryOrMoreThanOneBatch() {
        assertThat(UpdateStrategy.SINGLE_BATCH.isPhased()).isFalse();
        assertThat(UpdateStrategy.manual(1).isPhased()).isFalse();
        assertThat(UpdateStrategy.manual(2).isPhased()).isTrue();
        assertThat(UpdateStrategy.canary(1, 1, UpdateStrategy.Release.AUTO, Duration.ZERO)
                        .isPhased())
                .isTrue();
    }

    @Example
    void eachSettingIsChangedByItself() {
        Settings settings = Settings.of(4);
        assertThat(settings.withReplicas(5)).isEqualTo(Settings.of(5));
        UpdateStrategy two = UpdateStrategy.manual(2);
        ReadyFloor floor = ReadyFloor.of(1);
        Surge surge = Surge.of(1);
        Timing timing = Timing.DEFAULT.withInstanceReady(Duration.ofSeconds(1));
        Settings all = settings.withStrategy(two)
                .withFloor(floor)
                .withSurge(surge)
                .withTiming(timing)
                .withDescription("four");
        assertThat(all).isEqualTo(new Settings(4, two, floor, surge, timing, "four"));
    }

    // ---- snapshots and versions

    @Example
    void aSnapshotTellsWhatRuns() {
        Settings four = Settings.of(4);
        Snapshot running = new Snapshot.Running(R1, four);
        Snapshot stopped = new Snapshot.Stopped(R1, four);
        assertThat(running.count()).isEqualTo(4);
        assertThat(running.isRunning()).isTrue();
        assertThat(running.revisionIfAny()).contains(R1);
        assertThat(running.settingsIfAny()).contains(four);
        assertThat(stopped.count()).isZero();
        assertThat(stopped.isRunning()).isFalse();
        assertThat(stopped.revisionIfAny()).contains(R1);
        assertThat(stopped.settingsIfAny()).contains(four);
        for (Snapshot nothing : new Snapshot[] {new Snapshot.NotDeployed(), new Snapshot.Deleted()}) {
            assertThat(nothing.count()).isZero();
            assertThat(nothing.isRunning()).isFalse();
            assertThat(nothing.revisionIfAny()).isEmpty();
            assertThat(nothing.settingsIfAny()).isEmpty();
        }
    }

    @Example
    void aVersionIsNamedByItsContentAndRemembersItsRollback() {
        Revision revision = Revision.command("/bin/true");
        Version version = Version.of(new ApplicationId("a"), revision, Settings.of(2), Instant.EPOCH);
        assertThat(version.id()).isEqualTo(revision.id());
        assertThat(version.rolledBackBy()).isEmpty();
        Version marked = version.withRolledBackBy(new ChangeOrderId("o"));
        assertThat(marked.rolledBackBy()).contains(new ChangeOrderId("o"));
        assertThat(marked.withSettings(Settings.of(3)).settings()).isEqualTo(Settings.of(3));
        assertThat(marked.withSettings(Settings.of(3)).rolledBackBy()).contains(new ChangeOrderId("o"));
    }
}
