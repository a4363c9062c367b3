package io.changeorder.application.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.fixture.ForwardingRuntime;
import io.changeorder.application.simulation.stage.Figures;
import io.changeorder.application.simulation.stage.Figures.Kind;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.revision.Revision;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simulation")
class SimulationTest {
    private static final long SEEDS = 200;
    private static final int FEW = 12;
    private static final int MANY = 100;
    private static final int THOUSAND = 1_000;

    @Test
    void noSeedBreaksALaw() {
        Figures sum = new Figures();
        LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .forEach(seed -> sum.add(Simulation.of(seed)
                        .withApplications(applications(seed))
                        .run()
                        .orThrow()
                        .figures()));
        System.out.println(SEEDS + " seeds: " + sum);
        assertThat(Kind.values())
                .as("everything happened")
                .allSatisfy(kind -> assertThat(sum.of(kind)).as(kind.name()).isPositive());
    }

    /** Most worlds are small, so that much happens to each application; a few are as large as a company's. */
    private static int applications(long seed) {
        return seed % 100 == 0 ? THOUSAND : seed % 25 == 0 ? MANY : FEW;
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(Simulation.of(seed).run())
                    .usingRecursiveComparison()
                    .isEqualTo(Simulation.of(seed).run());
        }
        assertThat(Simulation.of(1).run().digest())
                .isNotEqualTo(Simulation.of(2).run().digest());
    }

    @Test
    void theSameSeedGivesTheSameRunInAnotherProcess() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SimulationTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String digest = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(digest.strip()).isEqualTo(Simulation.of(1).run().digest());
    }

    /** Prints the digest of the first seed; for another process. */
    public static void main(String[] arguments) {
        System.out.println(Simulation.of(1).run().digest());
    }

    @Test
    void aFailureSaysHowToSeeItAgain() {
        Simulation planted = Simulation.of(7).withApplications(5).withRuntime(inner -> new ForwardingRuntime(inner) {
            @Override
            public ScaleResult scale(
                    ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
                return super.scale(application, entry, revision, count + 7, fence);
            }
        });
        Run run = planted.run();
        assertThat(run.breaches()).isNotEmpty();
        assertThatThrownBy(run::orThrow)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "seed 7 with 5 applications breaks: " + run.breaches().get(0))
                .hasMessageContaining("Simulation.of(7L).withApplications(5).run().orThrow()")
                .hasMessageContaining("BREACH");
        assertThat(planted.run().breaches()).isEqualTo(run.breaches());
    }

    /** What a failure says to run, without another line of code: with -Dsimulation.seed and -Dsimulation.applications. */
    @Test
    void replay() {
        Run run = Simulation.of(Long.getLong("simulation.seed", 1))
                .withApplications(Integer.getInteger("simulation.applications", FEW))
                .run();
        System.out.println("seed " + run.seed() + ": " + run.figures());
        run.orThrow();
    }
}
