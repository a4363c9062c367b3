package io.changeorder.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.changeorder.adapter.persistence.FolderLock;
import io.changeorder.application.Wiring;
import io.changeorder.bootstrap.architecture.planted.Rude;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The laws of a library that is embedded in somebody else's JVM; each is also shown to find a breach. */
class EmbeddingLawsTest {
    private static final String[] CORE = {"io.changeorder.domain..", "io.changeorder.application.."};
    private static final String[] LIBRARIES = {
        "io.changeorder.domain..", "io.changeorder.application..", "io.changeorder.adapter.."
    };
    private static final String PLANTED = "io.changeorder.bootstrap.architecture.planted..";

    private static JavaClasses changeorder;
    private static JavaClasses planted;

    @BeforeAll
    static void importClasses() {
        ImportOption noTests = location -> !location.contains("/test-classes/") && !location.contains("-tests.jar");
        changeorder = new ClassFileImporter()
                .withImportOption(noTests)
                .importPackages("io.changeorder.domain", "io.changeorder.application", "io.changeorder.adapter");
        planted = new ClassFileImporter().importPackagesOf(Rude.class);
    }

    @Test
    void noLibrarySaysAnythingOnTheConsole() {
        GoodGuest.saysNothingOnTheConsole(LIBRARIES).check(changeorder);
        assertFinds(GoodGuest.saysNothingOnTheConsole(PLANTED), "Talker", "Complainer");
    }

    @Test
    void noLibraryConfiguresLogging() {
        GoodGuest.configuresNoLogging(LIBRARIES).check(changeorder);
        assertFinds(GoodGuest.configuresNoLogging(PLANTED), "Loud");
    }

    @Test
    void noLibraryEndsTheJvmHooksIntoItsEndOrSetsWhatIsTheHosts() {
        GoodGuest.changesNothingOfTheJvm(LIBRARIES).check(changeorder);
        assertFinds(GoodGuest.changesNothingOfTheJvm(PLANTED), "Hooked", "Leaver", "Setter");
    }

    @Test
    void noLibraryKeepsAVariableInAClass() {
        GoodGuest.keepsNoVariableInAClass(LIBRARIES).check(changeorder);
        assertFinds(GoodGuest.keepsNoVariableInAClass(PLANTED), "Counter");
    }

    @Test
    void noLibraryKeepsAnythingThatChangesInAClass() {
        // The system's lock does not tell two owners in one process apart; what a folder is to a host, it is to the
        // JVM.
        GoodGuest.keepsNothingThatChangesInAClass(type(FolderLock.class), LIBRARIES)
                .check(changeorder);
        assertFinds(GoodGuest.keepsNothingThatChangesInAClass(alwaysFalse(), PLANTED), "Hoarder");
    }

    @Test
    void theCoreUsesNoReflectionAndLooksForNoResources() {
        GoodGuest.usesNoReflectionAndLooksForNoResources(CORE).check(changeorder);
        assertFinds(GoodGuest.usesNoReflectionAndLooksForNoResources(PLANTED), "Seeker", "Finder", "Prober");
    }

    @Test
    void everyClassWithAConstructorForInjectorsIsInTheWiring() {
        Set<String> injected = changeorder.stream()
                .filter(each -> each.getConstructors().stream()
                        .anyMatch(constructor -> constructor.isAnnotatedWith("jakarta.inject.Inject")))
                .map(each -> each.getName())
                .collect(Collectors.toSet());

        assertThat(Wiring.classes()).extracting(Class::getName).containsExactlyInAnyOrderElementsOf(injected);
    }

    private static void assertFinds(ArchRule law, String... breakers) {
        String found = law.evaluate(planted).getFailureReport().toString();
        assertThat(planted.stream()
                        .map(JavaClass::getSimpleName)
                        .filter(guest -> found.contains(Rude.class.getName() + "$" + guest + ".")))
                .containsExactlyInAnyOrder(breakers);
    }
}
