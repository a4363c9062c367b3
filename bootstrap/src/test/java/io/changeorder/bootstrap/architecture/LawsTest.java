package io.changeorder.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.changeorder.adapter.rest.authentication.HostPrincipal;
import io.changeorder.application.engine.UuidV7IdSource;
import io.changeorder.bootstrap.Main;
import io.changeorder.bootstrap.logging.LogConfiguration;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The laws of the architecture, over the classes of all modules. A rule that matches no class fails. */
class LawsTest {
    private static final String DOMAIN = "io.changeorder.domain..";
    private static final String APPLICATION = "io.changeorder.application..";
    private static final String ADAPTERS = "io.changeorder.adapter..";
    private static final String JETTY_SHELL = "io.changeorder.adapter.rest.jetty..";
    private static final String SERVLET_SHELL = "io.changeorder.adapter.rest.servlet..";
    private static final String PERSISTENCE = "io.changeorder.adapter.persistence..";
    private static final String PROCESS = "io.changeorder.adapter.process..";
    private static final String BOOTSTRAP = "io.changeorder.bootstrap..";
    private static final String JACKSON = "com.fasterxml.jackson..";

    private static JavaClasses changeorder;

    @BeforeAll
    static void importClasses() {
        ImportOption noTests = location -> !location.contains("/test-classes/") && !location.contains("-tests.jar");
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
        classes()
                .that()
                .resideInAPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        DOMAIN,
                        "java..",
                        "com.google.common..",
                        "org.jspecify..",
                        "com.google.errorprone.annotations..")
                .because("what the engine decides must be readable, and testable, without knowing anything else")
                .check(changeorder);
    }

    @Test
    void theApplicationDependsOnTheDomainAndOnInterfacesThatAnyHostHas() {
        classes()
                .that()
                .resideInAPackage(APPLICATION)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        APPLICATION,
                        DOMAIN,
                        "java..",
                        "jakarta.inject..",
                        "org.slf4j..",
                        "com.google.common..",
                        "org.jspecify..",
                        "com.google.errorprone.annotations..")
                .because("it is embedded in other services, whose frameworks are none of its business")
                .check(changeorder);
    }

    @Test
    void domainAndApplicationKnowNoSqlAndNoHttp() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN, APPLICATION)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "java.net..", "com.sun..", "javax.net..")
                .because("how something is stored or called is the adapters' business")
                .check(changeorder);
    }

    @Test
    void theDomainReadsNoClockNoRandomAndNoInput() {
        noClasses()
                .that()
                .resideInAPackage(DOMAIN)
                .should()
                .callMethodWhere(readsTheWorld())
                .orShould()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.io..", "java.nio.file..", "java.nio.channels..", "java.util.concurrent..")
                        .or(type(Clock.class))
                        .or(type(InstantSource.class))
                        .or(assignableTo(java.util.Random.class))
                        .or(type(Thread.class)))
                .because("the same decision comes of the same arguments, always")
                .check(changeorder);
    }

    @Test
    void dependenciesPointInward() {
        noClasses()
                .that()
                .resideInAPackage(DOMAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(APPLICATION, ADAPTERS, BOOTSTRAP)
                .because("the domain is the innermost ring")
                .check(changeorder);
        noClasses()
                .that()
                .resideInAPackage(APPLICATION)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ADAPTERS, BOOTSTRAP)
                .because("the application says what it needs, and adapters come to it")
                .check(changeorder);
    }

    @Test
    void onlyBootstrapKnowsAll() {
        noClasses()
                .that()
                .resideInAPackage(ADAPTERS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BOOTSTRAP)
                .because("a host must be able to take one adapter without our way of putting them together")
                .check(changeorder);
    }

    @Test
    void adaptersDoNotKnowEachOther() {
        slices().matching("io.changeorder.adapter.(*)..")
                .namingSlices("adapter $1")
                .should()
                .notDependOnEachOther()
                .because("each must be replaceable by itself")
                .check(changeorder);
    }

    @Test
    void adaptersReachTheCoreOnlyThroughPorts() {
        noClasses()
                .that()
                .resideInAPackage(ADAPTERS)
                .should()
                .dependOnClassesThat(resideInAPackage(APPLICATION)
                        .and(not(resideInAnyPackage(
                                "io.changeorder.application.api..", "io.changeorder.application.spi..")))
                        // Makes ids and is nothing of the engine's insides: whoever needs an IdSource may have the
                        // usual one.
                        .and(not(type(UuidV7IdSource.class))))
                .because("what is behind the ports must be free to change")
                .check(changeorder);
    }

    @Test
    void guavaDoesNotLeakIntoPublicSignaturesOfDomainAndApplication() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN, APPLICATION)
                .should(PublicSignatures.mention(resideInAPackage("com.google.common..")))
                .because("a host would be bound to our version of it")
                .check(changeorder);
    }

    @Test
    void jacksonLeaksIntoNoPublicSignatureThatAHostCanSee() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        DOMAIN,
                        APPLICATION,
                        "io.changeorder.adapter.persistence",
                        "io.changeorder.adapter.process",
                        "io.changeorder.adapter.rest",
                        "io.changeorder.adapter.rest.authentication",
                        JETTY_SHELL,
                        SERVLET_SHELL)
                .should(PublicSignatures.mention(resideInAPackage(JACKSON)))
                .because("a host would be bound to our version of it; bootstrap is a program and nobody's library")
                .check(changeorder);
    }

    @Test
    void theSearchOfSignaturesFindsWhatItLooksFor() {
        ArchRule broken = noClasses()
                .that()
                .resideInAPackage(BOOTSTRAP)
                .should(PublicSignatures.mention(resideInAPackage(JACKSON)));

        assertThatThrownBy(() -> broken.check(changeorder))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("WireClient.call");
    }

    @Test
    void jacksonLivesInAdaptersAndBootstrap() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ADAPTERS, BOOTSTRAP)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(JACKSON)
                .because("JSON is how adapters talk and store, not how the core thinks")
                .check(changeorder);
    }

    @Test
    void jdbcLivesInThePersistenceAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage(PERSISTENCE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb..")
                .because("everybody else speaks to the store through its port")
                .check(changeorder);
    }

    @Test
    void serversLiveInTheShellsOfTheWire() {
        noClasses()
                .that()
                .resideOutsideOfPackage(JETTY_SHELL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .because("a host that has a server of its own takes the wire without ours")
                .check(changeorder);
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVLET_SHELL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.servlet..")
                .because("a host without servlets takes the wire without them")
                .check(changeorder);
        noClasses()
                .that()
                .resideInAPackage("io.changeorder.adapter.rest..")
                .and()
                .resideOutsideOfPackages(JETTY_SHELL, SERVLET_SHELL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JETTY_SHELL, SERVLET_SHELL)
                .because("shells are put around the wire, and it knows none of them")
                .check(changeorder);
    }

    @Test
    void processesOfTheSystemAreStartedByTheProcessAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage(PROCESS)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class)
                .because("whatever is started must be found again after a crash")
                .check(changeorder);
    }

    @Test
    void theKubernetesClientLivesInItsAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.changeorder.adapter.kubernetes..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "io.kubernetes..")
                .because("everybody else speaks to the runtime through its port")
                .check(changeorder);
    }

    @Test
    void noPackagesFormACycle() {
        slices().matching("io.changeorder.(**)")
                .should()
                .beFreeOfCycles()
                .because("what can't be understood one after the other can't be understood")
                .check(changeorder);
    }

    @Test
    void whatIsPublicInAdaptersAndBootstrapIsNeededOutsideItsPackage() {
        classes()
                .that()
                .resideInAnyPackage(ADAPTERS, BOOTSTRAP)
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and(not(type(Main.class)).as("are not started by the JVM"))
                .and(not(type(LogConfiguration.class)).as("are not loaded as a service"))
                .and(not(type(HostPrincipal.class)).as("are not chosen by a host"))
                .and(not(resideInAPackage(SERVLET_SHELL)).as("are not mounted by a host"))
                .should(PublicSignatures.beNeededOutsideTheirPackage())
                .because("every public type is a promise, and the rest is package-private")
                .check(changeorder);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .that()
                .resideInAPackage("io.changeorder..")
                .should(PublicSignatures.liveInANullMarkedPackage())
                .because("null has no place, and the compiler must know that")
                .check(changeorder);
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheWorld() {
        Set<String> methods = Set.of(
                "java.time.Instant.now",
                "java.time.LocalDateTime.now",
                "java.time.ZonedDateTime.now",
                "java.time.LocalDate.now",
                "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime",
                "java.lang.System.getenv",
                "java.lang.System.getProperty",
                "java.util.UUID.randomUUID",
                "java.lang.Math.random");
        return DescribedPredicate.describe(
                "reads clock, random or surroundings",
                access -> methods.contains(access.getTargetOwner().getName() + "."
                        + access.getTarget().getName()));
    }
}
