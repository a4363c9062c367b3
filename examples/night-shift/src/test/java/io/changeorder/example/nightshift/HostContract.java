package io.changeorder.example.nightshift;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.changeorder.architecture.EmbeddingLaws;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every host, whoever puts it together: real processes, a real store, and a look at the world itself. */
public abstract class HostContract {
    private static final String THREADS = "changeorder-";

    /** Puts a host together, has it spend the night, and closes it. */
    protected abstract Night spendANight(HelloSite site) throws Exception;

    /** Whoever has an injector names classes behind the ports, as the wiring does; nobody needs more than that. */
    @Test
    void theHostUsesNoInternalPackage() {
        JavaClasses host = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(getClass().getPackageName());
        EmbeddingLaws.noInternalPackage().check(host);
    }

    @Test
    void aRolloutIsTakenBackHalfWayAndTheWorldIsAsItWas(@TempDir Path folder) throws Exception {
        try (HelloSite site = new HelloSite(folder)) {
            Night night = spendANight(site);

            assertThat(night.before()).extracting(RunningHello::version).containsExactly("1", "1");
            assertThat(night.halfWay()).extracting(RunningHello::version).containsExactlyInAnyOrder("1", "2");
            assertThat(night.after()).extracting(RunningHello::version).containsExactly("1", "1");
            List<RunningHello> matched = night.halfWay().stream()
                    .filter(hello -> hello.version().equals("1"))
                    .toList();
            assertThat(night.before()).as("was there before").containsAll(matched);
            assertThat(night.after()).as("was never touched").containsAll(matched);
            assertThat(night.rollback().proof())
                    .hasValueSatisfying(proof -> assertThat(proof.holds()).isTrue());
            assertThat(site.running()).as("what runs outlives its host").isEqualTo(night.after());
            assertThat(Thread.getAllStackTraces().keySet())
                    .as("of the engine, its store and its runtime nothing is left")
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith(THREADS));
        }
    }
}
