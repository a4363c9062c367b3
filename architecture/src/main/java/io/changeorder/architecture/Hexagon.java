package io.changeorder.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The laws of a hexagon whose rings are {@code <root>.domain}, {@code <root>.application} with its ports in {@code api}
 * and {@code spi}, {@code <root>.adapter.<name>}, and {@code <root>.bootstrap}, which puts them together. Each law is an
 * ArchUnit rule, to be checked on the classes of the whole. A law fails when it is given no class. Immutable.
 */
public final class Hexagon {
    private static final String[] WHAT_READS_OR_WAITS = {
        "java.io..", "java.nio.file..", "java.nio.channels..", "java.util.concurrent.."
    };
    private static final Set<String> READS_THE_WORLD = Set.of(
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

    private final String root;
    private final String domain;
    private final String application;
    private final String adapters;
    private final String bootstrap;

    private Hexagon(String root) {
        this.root = root;
        this.domain = root + ".domain..";
        this.application = root + ".application..";
        this.adapters = root + ".adapter..";
        this.bootstrap = root + ".bootstrap..";
    }

    /**
     * The hexagon in this package.
     *
     * @param root the package that holds the rings, such as {@code io.changeorder}
     */
    public static Hexagon in(String root) {
        return new Hexagon(root);
    }

    /**
     * The domain uses no library but these.
     *
     * @param libraries packages that the domain may use beside the JDK's
     */
    public ArchRule theDomainDependsOnNothingBut(String... libraries) {
        return classes()
                .that()
                .resideInAPackage(domain)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(libraries, domain, "java.."))
                .because("what is decided must be readable, and testable, without knowing anything else");
    }

    /**
     * The application uses the domain and no library but these.
     *
     * @param libraries packages that the application may use beside the domain and the JDK's
     */
    public ArchRule theApplicationDependsOnTheDomainAnd(String... libraries) {
        return classes()
                .that()
                .resideInAPackage(application)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(libraries, application, domain, "java.."))
                .because("it is embedded in other services, whose frameworks are none of its business");
    }

    /**
     * No SQL, no HTTP and no other network in domain and application. The address that a call comes from is a value that
     * is handed on, to be judged and kept; but nothing is asked of it there, since it may ask the network.
     */
    public ArchRule theCoreKnowsNoSqlAndNoHttp() {
        return noClasses()
                .that()
                .resideInAnyPackage(domain, application)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.sql..", "javax.sql..", "java.net..", "com.sun..", "javax.net..")
                                .and(not(type(InetAddress.class))))
                .orShould()
                .callMethodWhere(target(owner(type(InetAddress.class))))
                .because("how something is stored or called is the adapters' business");
    }

    /** Time, chance and surroundings come to the domain as arguments. */
    public ArchRule theDomainReadsNoClockNoRandomAndNoInput() {
        return noClasses()
                .that()
                .resideInAPackage(domain)
                .should()
                .callMethodWhere(readsTheWorld())
                .orShould()
                .dependOnClassesThat(resideInAnyPackage(WHAT_READS_OR_WAITS)
                        .or(type(Clock.class))
                        .or(type(InstantSource.class))
                        .or(assignableTo(Random.class))
                        .or(type(Thread.class)))
                .because("the same decision comes of the same arguments, always");
    }

    public ArchRule theDomainIsTheInnermostRing() {
        return noClasses()
                .that()
                .resideInAPackage(domain)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(application, adapters, bootstrap)
                .because("dependencies point inward, and the domain is the innermost ring");
    }

    public ArchRule theApplicationKnowsNoAdapter() {
        return noClasses()
                .that()
                .resideInAPackage(application)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(adapters, bootstrap)
                .because("the application says what it needs, and adapters come to it");
    }

    public ArchRule onlyBootstrapKnowsAll() {
        return noClasses()
                .that()
                .resideInAPackage(adapters)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(bootstrap)
                .because("a host must be able to take one adapter without this way of putting them together");
    }

    public ArchRule adaptersDoNotKnowEachOther() {
        return slices().matching(root + ".adapter.(*)..")
                .namingSlices("adapter $1")
                .should()
                .notDependOnEachOther()
                .because("each must be replaceable by itself");
    }

    /**
     * Adapters see of the application only its ports.
     *
     * @param exceptions full names of classes behind the ports that adapters may use all the same
     */
    public ArchRule adaptersReachTheCoreOnlyThroughPorts(String... exceptions) {
        Set<String> allowed = Set.of(exceptions);
        return noClasses()
                .that()
                .resideInAPackage(adapters)
                .should()
                .dependOnClassesThat(resideInAPackage(application)
                        .and(not(resideInAnyPackage(root + ".application.api..", root + ".application.spi..")))
                        .and(DescribedPredicate.describe(
                                "are none of " + allowed, each -> !allowed.contains(each.getName()))))
                .because("what is behind the ports must be free to change");
    }

    public ArchRule noPackagesFormACycle() {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("what can't be understood one after the other can't be understood");
    }

    private static String[] with(String[] libraries, String... own) {
        return Stream.concat(Stream.of(own), Stream.of(libraries)).toArray(String[]::new);
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheWorld() {
        return DescribedPredicate.describe(
                "reads clock, random or surroundings",
                access -> READS_THE_WORLD.contains(access.getTargetOwner().getName() + "."
                        + access.getTarget().getName()));
    }
}
