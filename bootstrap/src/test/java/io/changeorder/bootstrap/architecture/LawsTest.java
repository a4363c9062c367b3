package io.changeorder.bootstrap.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.changeorder.adapter.persistence.FolderLock;
import io.changeorder.adapter.persistence.postgres.PostgresChangeOrderStore;
import io.changeorder.adapter.persistence.postgres.PostgresServer;
import io.changeorder.adapter.persistence.sql.Selects;
import io.changeorder.adapter.rest.authentication.HostPrincipal;
import io.changeorder.application.Wiring;
import io.changeorder.application.engine.UuidV7IdSource;
import io.changeorder.architecture.GuestLaws;
import io.changeorder.architecture.Hexagon;
import io.changeorder.architecture.LibraryLaws;
import io.changeorder.architecture.MannersLaws;
import io.changeorder.bootstrap.Main;
import io.changeorder.bootstrap.logging.LogConfiguration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The laws of the architecture, over the classes of all modules. What each forbids is shown where the laws are made. */
class LawsTest {
    private static final Hexagon HEXAGON = Hexagon.in("io.changeorder");
    private static final String DOMAIN = "io.changeorder.domain..";
    private static final String APPLICATION = "io.changeorder.application..";
    private static final String ADAPTERS = "io.changeorder.adapter..";
    private static final String JETTY_SHELL = "io.changeorder.adapter.rest.jetty..";
    private static final String SERVLET_SHELL = "io.changeorder.adapter.rest.servlet..";
    private static final String PERSISTENCE = "io.changeorder.adapter.persistence..";
    private static final String PROCESS = "io.changeorder.adapter.process..";
    private static final String BOOTSTRAP = "io.changeorder.bootstrap..";
    /** What hosts embed. */
    private static final String[] LIBRARY = {DOMAIN, APPLICATION, ADAPTERS};

    private static final String[] LIBRARIES = {
        "com.google.common..", "org.jspecify..", "com.google.errorprone.annotations.."
    };
    private static final LibraryLaws GUAVA = LibraryLaws.of("com.google.common..");
    private static final LibraryLaws JACKSON = LibraryLaws.of("com.fasterxml.jackson..");

    private static JavaClasses changeorder;

    @BeforeAll
    static void importClasses() {
        ImportOption noTests = location -> !location.contains("/test-classes/")
                && !location.contains("-tests.jar")
                && !location.contains("/contracts/target/")
                && !location.contains("/changeorder-contracts/");
        changeorder = new ClassFileImporter()
                .withImportOption(noTests)
                .importPackages(
                        "io.changeorder.domain",
                        "io.changeorder.application",
                        "io.changeorder.adapter",
                        "io.changeorder.bootstrap");
    }

    @Test
    void theDomainDependsOnNothingButTheJdkGuavaAndJSpecify() {
        HEXAGON.theDomainDependsOnNothingBut(LIBRARIES).check(changeorder);
    }

    @Test
    void theApplicationDependsOnTheDomainAndOnInterfacesThatAnyHostHas() {
        HEXAGON.theApplicationDependsOnTheDomainAnd(
                        "jakarta.inject..",
                        "org.slf4j..",
                        "com.google.common..",
                        "org.jspecify..",
                        "com.google.errorprone.annotations..")
                .check(changeorder);
    }

    @Test
    void domainAndApplicationKnowNoSqlAndNoHttp() {
        HEXAGON.theCoreKnowsNoSqlAndNoHttp().check(changeorder);
    }

    @Test
    void theDomainReadsNoClockNoRandomAndNoInput() {
        HEXAGON.theDomainReadsNoClockNoRandomAndNoInput().check(changeorder);
    }

    @Test
    void dependenciesPointInward() {
        HEXAGON.theDomainIsTheInnermostRing().check(changeorder);
        HEXAGON.theApplicationKnowsNoAdapter().check(changeorder);
    }

    @Test
    void onlyBootstrapKnowsAll() {
        HEXAGON.onlyBootstrapKnowsAll().check(changeorder);
    }

    @Test
    void adaptersDoNotKnowEachOther() {
        HEXAGON.adaptersDoNotKnowEachOther().check(changeorder);
    }

    @Test
    void adaptersReachTheCoreOnlyThroughPorts() {
        // It makes ids and is nothing of the engine's insides: whoever needs an IdSource may have the usual one.
        HEXAGON.adaptersReachTheCoreOnlyThroughPorts(UuidV7IdSource.class.getName())
                .check(changeorder);
    }

    @Test
    void guavaDoesNotLeakIntoPublicSignaturesOfDomainAndApplication() {
        GUAVA.leaksIntoNoVisibleSignatureOf(DOMAIN, APPLICATION).check(changeorder);
    }

    @Test
    void jacksonLeaksIntoNoPublicSignatureThatAHostCanSee() {
        JACKSON.leaksIntoNoVisibleSignatureOf(
                        DOMAIN,
                        APPLICATION,
                        "io.changeorder.adapter.persistence",
                        "io.changeorder.adapter.process",
                        "io.changeorder.adapter.access..",
                        "io.changeorder.adapter.rest",
                        "io.changeorder.adapter.rest.authentication",
                        JETTY_SHELL,
                        SERVLET_SHELL)
                .check(changeorder);
    }

    @Test
    void theSearchOfSignaturesFindsWhatItLooksFor() {
        assertThatThrownBy(
                        () -> JACKSON.leaksIntoNoVisibleSignatureOf(BOOTSTRAP).check(changeorder))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("WireClient.call");
    }

    @Test
    void jacksonLivesInAdaptersAndBootstrap() {
        JACKSON.livesOnlyIn(ADAPTERS, BOOTSTRAP).check(changeorder);
    }

    @Test
    void jdbcLivesInThePersistenceAdapter() {
        LibraryLaws.of(
                        "java.sql..",
                        "javax.sql..",
                        "org.sqlite..",
                        "org.postgresql..",
                        "com.zaxxer..",
                        "org.flywaydb..")
                .livesOnlyIn(PERSISTENCE)
                .check(changeorder);
    }

    @Test
    void serversLiveInTheShellsOfTheWire() {
        LibraryLaws.of("org.eclipse.jetty..").livesOnlyIn(JETTY_SHELL).check(changeorder);
        LibraryLaws.of("jakarta.servlet..").livesOnlyIn(SERVLET_SHELL).check(changeorder);
        LibraryLaws.of(JETTY_SHELL, SERVLET_SHELL)
                .livesOnlyIn(JETTY_SHELL, SERVLET_SHELL, BOOTSTRAP)
                .check(changeorder);
    }

    @Test
    void theKubernetesClientLivesInItsAdapter() {
        LibraryLaws.of("io.fabric8..", "io.kubernetes..")
                .livesOnlyIn("io.changeorder.adapter.kubernetes..")
                .check(changeorder);
    }

    @Test
    void processesOfTheSystemAreStartedByTheProcessAdapter() {
        MannersLaws.startsNoProcessBut(PROCESS).check(changeorder);
    }

    @Test
    void noPackagesFormACycle() {
        HEXAGON.noPackagesFormACycle().check(changeorder);
    }

    @Test
    void whatIsPublicInAdaptersAndBootstrapIsNeededOutsideItsPackage() {
        MannersLaws.whatIsPublicIsNeededOutsideItsPackage(
                        type(Main.class)
                                .as("is started by the JVM")
                                .or(type(LogConfiguration.class).as("is loaded as a service"))
                                .or(type(HostPrincipal.class).as("is chosen by a host"))
                                .or(type(Selects.class).as("has constants, which the compiler copies"))
                                .or(type(PostgresChangeOrderStore.class).as("is opened by a host"))
                                .or(type(PostgresServer.class).as("is named by a host"))
                                .or(resideInAPackage(SERVLET_SHELL).as("is mounted by a host")),
                        ADAPTERS,
                        BOOTSTRAP)
                .check(changeorder);
    }

    @Test
    void everyPackageIsNullMarked() {
        MannersLaws.everyPackageIsNullMarked("io.changeorder..").check(changeorder);
    }

    @Test
    void noLibrarySaysAnythingOnTheConsole() {
        GuestLaws.saysNothingOnTheConsole(LIBRARY).check(changeorder);
    }

    @Test
    void noLibraryConfiguresLogging() {
        GuestLaws.configuresNoLogging(LIBRARY).check(changeorder);
    }

    @Test
    void noLibraryEndsTheJvmHooksIntoItsEndOrSetsWhatIsTheHosts() {
        GuestLaws.changesNothingOfTheJvm(LIBRARY).check(changeorder);
    }

    @Test
    void noLibraryKeepsAVariableInAClass() {
        GuestLaws.keepsNoVariableInAClass(LIBRARY).check(changeorder);
    }

    @Test
    void noLibraryKeepsAnythingThatChangesInAClass() {
        // The system's lock does not tell two owners in one process apart; what a folder is to a host, it is to the
        // JVM.
        GuestLaws.keepsNothingThatChangesInAClass(type(FolderLock.class), LIBRARY)
                .check(changeorder);
    }

    @Test
    void theCoreUsesNoReflectionAndLooksForNoResources() {
        GuestLaws.usesNoReflectionAndLooksForNoResources(DOMAIN, APPLICATION).check(changeorder);
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
}
