package io.changeorder.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** How classes of a library behave in somebody else's JVM. Packages are written as ArchUnit does. Thread-safe. */
public final class MannersLaws {
    private static final Set<String> TAKES_OVER_THE_JVM = Set.of(
            "java.lang.System.exit",
            "java.lang.Runtime.halt",
            "java.lang.Runtime.exit",
            "java.lang.Runtime.addShutdownHook");

    private MannersLaws() {}

    /** Every public type is a promise: what nobody outside its package needs is package-private. */
    public static ArchRule whatIsPublicIsNeededOutsideItsPackage(
            DescribedPredicate<? super JavaClass> exceptions, String... packages) {
        return classes()
                .that()
                .resideInAnyPackage(packages)
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and(DescribedPredicate.not(exceptions))
                .should(VisibleSignatures.beNeededOutsideTheirPackage())
                .because("every public type is a promise, and the rest is package-private");
    }

    /** No process of the operating system is started but by the classes in these packages. */
    public static ArchRule startsNoProcessBut(String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class)
                .because("whatever is started must be found again after a crash");
    }

    /** Each has a package-info with JSpecify's annotation. */
    public static ArchRule everyPackageIsNullMarked(String... packages) {
        return classes()
                .that()
                .resideInAnyPackage(packages)
                .should(VisibleSignatures.liveInANullMarkedPackage())
                .because("null has no place, and the compiler must know that");
    }

    /** Neither to standard output nor to standard error. */
    public static ArchRule nothingIsPrinted(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .accessFieldWhere(DescribedPredicate.describe(
                        "is System.out or System.err",
                        access -> access.getTargetOwner().getName().equals("java.lang.System")
                                && Set.of("out", "err")
                                        .contains(access.getTarget().getName())))
                .because("a library speaks through its answers and its log");
    }

    /** No exit and no shutdown hook. */
    public static ArchRule theJvmIsTheHosts(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "ends the JVM, or wants to hear of its end",
                        access -> TAKES_OVER_THE_JVM.contains(access.getTargetOwner()
                                        .getName() + "." + access.getTarget().getName())))
                .because("when and how the JVM ends is the host's decision");
    }
}
