package io.changeorder.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;

/**
 * What a host that embeds the engine keeps to, so that the next version of the engine fits it as well. Each law is an
 * ArchUnit rule, to be checked on the host's own classes: {@code onlyThroughThePorts().check(classes)}. A law fails when
 * it is given no class. Thread-safe.
 */
public final class EmbeddingLaws {
    private static final String DOMAIN = "io.changeorder.domain..";
    private static final String APPLICATION = "io.changeorder.application..";
    private static final String ADAPTERS = "io.changeorder.adapter..";
    private static final String BOOTSTRAP = "io.changeorder.bootstrap..";
    private static final String[] ENGINE = {DOMAIN, APPLICATION, ADAPTERS, BOOTSTRAP};

    private EmbeddingLaws() {}

    /** The engine is built by its builder and used through its use cases; what implements them is its own business. */
    public static ArchRule onlyThroughThePorts() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(ENGINE)
                .should()
                .dependOnClassesThat(resideInAPackage(APPLICATION)
                        .and(not(resideInAnyPackage(
                                "io.changeorder.application",
                                "io.changeorder.application.api..",
                                "io.changeorder.application.spi..")))
                        .as("are behind the ports of the engine"))
                .as("The engine is used only through its ports")
                .because("what is behind the ports changes without notice");
    }

    /**
     * Of an adapter only what is in its outermost package is meant for others; the wire has a few such packages, the
     * store over PostgreSQL is one, and the documents of the SQL stores are there for stores of one's own.
     */
    public static ArchRule noInternalPackage() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(ENGINE)
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.changeorder.adapter.*.(**)", BOOTSTRAP)
                        .and(not(resideInAnyPackage(
                                "io.changeorder.adapter.persistence.document",
                                "io.changeorder.adapter.persistence.postgres",
                                "io.changeorder.adapter.rest.authentication",
                                "io.changeorder.adapter.rest.jetty",
                                "io.changeorder.adapter.rest.servlet")))
                        .as("are in an internal package of Changeorder"))
                .as("No internal package of an adapter or of the server is used")
                .because(
                        "only the outermost package of an adapter is its interface, and the server is nobody's library");
    }

    /**
     * A store or a runtime of the host's own needs nothing of the engine but the ports that it serves and the words that
     * they speak.
     *
     * @param adapters packages of the host's own adapters, as ArchUnit writes them: {@code "com.acme.rollout.store.."}
     */
    public static ArchRule ownAdaptersKnowOnlyWhatTheyServe(String... adapters) {
        return noClasses()
                .that()
                .resideInAnyPackage(adapters)
                .should()
                .dependOnClassesThat(resideInAnyPackage(APPLICATION, ADAPTERS, BOOTSTRAP)
                        .and(not(resideInAPackage("io.changeorder.application.spi..")))
                        .and(not(resideInAPackage("io.changeorder.application.api..")))
                        .as("are neither the words of the engine nor a port of it"))
                .as("An adapter of one's own knows only the ports that it serves")
                .because("an adapter that uses the engine, or another adapter, can't be replaced by itself");
    }
}
