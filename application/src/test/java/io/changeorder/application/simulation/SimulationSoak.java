package io.changeorder.application.simulation;

import io.changeorder.application.simulation.stage.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** As long as it is given time: {@code ./mvnw -Psoak -pl application -am test -Dsoak.seconds=600}. */
class SimulationSoak {
    private static final int AT_ONCE = 16;
    private static final int MOST_APPLICATIONS = 60;

    @Test
    void noSeedBreaksALaw() {
        Instant end = Instant.now().plus(Duration.ofSeconds(Long.getLong("soak.seconds", 600)));
        long first = ThreadLocalRandom.current().nextLong(1L << 40);
        Figures sum = new Figures();
        long seed = first;
        while (Instant.now().isBefore(end)) {
            LongStream.range(seed, seed + AT_ONCE)
                    .parallel()
                    .forEach(each -> sum.add(Simulation.of(each)
                            .withApplications((int) (1 + each % MOST_APPLICATIONS))
                            .run()
                            .orThrow()
                            .figures()));
            seed += AT_ONCE;
        }
        System.out.println((seed - first) + " seeds from " + first + ": " + sum);
    }
}
