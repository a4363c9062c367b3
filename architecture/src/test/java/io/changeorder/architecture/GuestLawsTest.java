package io.changeorder.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.changeorder.architecture.planted.guest.Rude;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each law of a good guest finds those guests who break it, and no others. */
class GuestLawsTest {
    private static final String PLANTED = "io.changeorder.architecture.planted.guest..";

    private final JavaClasses planted = new ClassFileImporter().importPackagesOf(Rude.class);

    @Test
    void whoeverSaysSomethingOnTheConsoleIsFound() {
        assertFinds(GuestLaws.saysNothingOnTheConsole(PLANTED), "Talker", "Complainer");
    }

    @Test
    void whoeverConfiguresLoggingIsFound() {
        assertFinds(GuestLaws.configuresNoLogging(PLANTED), "Loud");
    }

    @Test
    void whoeverEndsTheJvmHooksIntoItsEndOrSetsWhatIsTheHostsIsFound() {
        assertFinds(GuestLaws.changesNothingOfTheJvm(PLANTED), "Hooked", "Leaver", "Setter");
    }

    @Test
    void whoeverKeepsAVariableInAClassIsFound() {
        assertFinds(GuestLaws.keepsNoVariableInAClass(PLANTED), "Counter");
    }

    @Test
    void whoeverKeepsSomethingThatChangesInAClassIsFound() {
        assertFinds(GuestLaws.keepsNothingThatChangesInAClass(alwaysFalse(), PLANTED), "Hoarder");
    }

    @Test
    void whoeverUsesReflectionOrLooksForResourcesIsFound() {
        assertFinds(GuestLaws.usesNoReflectionAndLooksForNoResources(PLANTED), "Seeker", "Finder", "Prober");
    }

    private void assertFinds(ArchRule law, String... breakers) {
        String found = law.evaluate(planted).getFailureReport().toString();
        assertThat(planted.stream()
                        .map(JavaClass::getSimpleName)
                        .filter(guest -> found.contains(Rude.class.getName() + "$" + guest + ".")))
                .containsExactlyInAnyOrder(breakers);
        assertThatThrownBy(() -> law.check(new ClassFileImporter().importClasses(List.of())))
                .hasMessageContaining("failed to check any classes");
    }
}
