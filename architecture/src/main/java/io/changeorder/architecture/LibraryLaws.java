package io.changeorder.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Where other people's libraries may be used, and where they may be seen. Packages are written as ArchUnit does. Immutable. */
public final class LibraryLaws {
    private final String[] library;

    private LibraryLaws(String[] library) {
        this.library = library;
    }

    /**
     * The laws of one library.
     *
     * @param packages its packages: {@code "java.sql..", "org.sqlite.."}
     */
    public static LibraryLaws of(String... packages) {
        return new LibraryLaws(packages.clone());
    }

    /** Nobody uses it but the classes in these packages. */
    public ArchRule livesOnlyIn(String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .because("it lives in " + List.of(homes) + ", behind a port, and nowhere else");
    }

    /** The classes in these packages do not use it. */
    public ArchRule isUnknownTo(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .because("another library may follow it");
    }

    /** No signature that others see mentions it: members, supertypes and generics of what is visible in these packages. */
    public ArchRule leaksIntoNoVisibleSignatureOf(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should(VisibleSignatures.mention(resideInAnyPackage(library)))
                .because("whoever uses these classes would be bound to our version of it");
    }
}
