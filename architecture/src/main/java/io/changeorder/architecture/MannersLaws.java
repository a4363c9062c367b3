package io.changeorder.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

/** Manners of code that others read and build on. Packages are written as ArchUnit does. Thread-safe. */
public final class MannersLaws {
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
}
