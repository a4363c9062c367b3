package io.changeorder.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each law is broken by a class that was planted to break it, and kept by one that was planted beside it. */
class LawsFindViolationsTest {
    private static final String PLANTED = "io.changeorder.architecture.planted";
    private static final Hexagon HEXAGON = Hexagon.in(PLANTED);
    private static final LibraryLaws GUAVA = LibraryLaws.of("com.google.common..");

    /**
     * A law, and who breaks and who keeps it.
     *
     * @param name that of the method that makes the law
     * @param breaks a class below the planted package
     * @param keeps classes below the planted package
     */
    private record Planted(String name, ArchRule law, String breaks, List<String> keeps) {}

    static Stream<Named<Planted>> plantedViolations() {
        String domain = "domain.Lawful";
        String port = "application.spi.Port";
        String insides = "application.engine.Insides";
        String adapter = "adapter.one.Lawful";
        String manners = "manners.Lawful";
        return Stream.of(
                        planted(
                                "theDomainDependsOnNothingBut",
                                HEXAGON.theDomainDependsOnNothingBut(),
                                "domain.ReliesOnALibrary",
                                domain),
                        planted(
                                "theApplicationDependsOnTheDomainAnd",
                                HEXAGON.theApplicationDependsOnTheDomainAnd(),
                                "application.engine.ReliesOnALibrary",
                                insides,
                                port),
                        planted(
                                "theCoreKnowsNoSqlAndNoHttp",
                                HEXAGON.theCoreKnowsNoSqlAndNoHttp(),
                                "application.engine.SpeaksSql",
                                insides,
                                domain),
                        planted(
                                "theCoreKnowsNoSqlAndNoHttp",
                                HEXAGON.theCoreKnowsNoSqlAndNoHttp(),
                                "application.engine.AsksTheNetwork",
                                "application.engine.HandsOnAnAddress"),
                        planted(
                                "theDomainReadsNoClockNoRandomAndNoInput",
                                HEXAGON.theDomainReadsNoClockNoRandomAndNoInput(),
                                "domain.ReadsTheClock",
                                domain),
                        planted(
                                "theDomainReadsNoClockNoRandomAndNoInput",
                                HEXAGON.theDomainReadsNoClockNoRandomAndNoInput(),
                                "domain.WaitsForInput",
                                domain),
                        planted(
                                "theDomainIsTheInnermostRing",
                                HEXAGON.theDomainIsTheInnermostRing(),
                                "domain.KnowsTheApplication",
                                domain),
                        planted(
                                "theApplicationKnowsNoAdapter",
                                HEXAGON.theApplicationKnowsNoAdapter(),
                                "application.engine.KnowsAnAdapter",
                                insides,
                                port),
                        planted(
                                "onlyBootstrapKnowsAll",
                                HEXAGON.onlyBootstrapKnowsAll(),
                                "adapter.one.KnowsBootstrap",
                                adapter),
                        planted(
                                "adaptersDoNotKnowEachOther",
                                HEXAGON.adaptersDoNotKnowEachOther(),
                                "adapter.two.KnowsTheOther",
                                adapter),
                        planted(
                                "adaptersReachTheCoreOnlyThroughPorts",
                                HEXAGON.adaptersReachTheCoreOnlyThroughPorts(),
                                "adapter.one.ReachesBehindThePorts",
                                adapter),
                        planted(
                                "noPackagesFormACycle",
                                HEXAGON.noPackagesFormACycle(),
                                "left.Left",
                                domain,
                                "right.Right"),
                        planted(
                                "livesOnlyIn",
                                GUAVA.livesOnlyIn(PLANTED + ".domain.."),
                                "application.engine.ReliesOnALibrary",
                                insides,
                                "domain.ReliesOnALibrary"),
                        planted(
                                "isUnknownTo",
                                GUAVA.isUnknownTo(PLANTED + ".domain.."),
                                "domain.ReliesOnALibrary",
                                domain),
                        planted(
                                "leaksIntoNoVisibleSignatureOf",
                                GUAVA.leaksIntoNoVisibleSignatureOf(PLANTED + ".domain.."),
                                "domain.LeaksALibrary",
                                domain,
                                "domain.ReliesOnALibrary"),
                        planted(
                                "onlyThroughThePorts",
                                EmbeddingLaws.onlyThroughThePorts(),
                                "host.ReachesBehindThePorts",
                                "host.Lawful"),
                        planted(
                                "noInternalPackage",
                                EmbeddingLaws.noInternalPackage(),
                                "host.UsesAnInternalPackage",
                                "host.Lawful",
                                "host.UsesAnAdapter"),
                        planted(
                                "ownAdaptersKnowOnlyWhatTheyServe",
                                EmbeddingLaws.ownAdaptersKnowOnlyWhatTheyServe(PLANTED + ".host.store.."),
                                "host.store.KnowsTheEngine",
                                "host.store.Lawful"),
                        planted(
                                "startsNoProcessBut",
                                MannersLaws.startsNoProcessBut(PLANTED + ".domain"),
                                "manners.StartsAProcess",
                                manners),
                        planted(
                                "whatIsPublicIsNeededOutsideItsPackage",
                                MannersLaws.whatIsPublicIsNeededOutsideItsPackage(
                                        type(Object.class), PLANTED + ".manners", PLANTED + ".domain"),
                                "manners.PublicForNobody",
                                domain,
                                port),
                        planted(
                                "everyPackageIsNullMarked",
                                MannersLaws.everyPackageIsNullMarked(PLANTED + ".manners", PLANTED + ".unmarked"),
                                "unmarked.Unmarked",
                                manners,
                                "manners.package-info"))
                .map(each -> Named.of(each.name() + " is broken by " + each.breaks(), each));
    }

    private static Planted planted(String name, ArchRule law, String breaks, String... keeps) {
        return new Planted(name, law, breaks, List.of(keeps));
    }

    @ParameterizedTest
    @MethodSource("plantedViolations")
    void aLawFindsWhatBreaksIt(Planted planted) throws Exception {
        List<String> all = Stream.concat(Stream.of(planted.breaks()), planted.keeps().stream())
                .toList();
        assertThatThrownBy(() -> planted.law().check(classes(all)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        planted.breaks().substring(planted.breaks().lastIndexOf('.') + 1))
                .hasMessageContaining("because");
    }

    @ParameterizedTest
    @MethodSource("plantedViolations")
    void aLawLeavesAloneWhatKeepsIt(Planted planted) {
        assertThatCode(() -> planted.law().check(classes(planted.keeps()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("plantedViolations")
    void aLawThatIsGivenNoClassFails(Planted planted) {
        assertThatThrownBy(() -> planted.law().check(new ClassFileImporter().importClasses(List.of())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed to check any classes");
    }

    @Test
    void everyLawHasAPlantedViolation() {
        Set<String> shown =
                plantedViolations().map(each -> each.getPayload().name()).collect(Collectors.toSet());
        Set<String> missing = Stream.of(Hexagon.class, LibraryLaws.class, EmbeddingLaws.class, MannersLaws.class)
                .flatMap(laws -> Stream.of(laws.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getReturnType() == ArchRule.class)
                .map(Method::getName)
                .filter(name -> !shown.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(missing).isEmpty();
    }

    private static JavaClasses classes(List<String> names) throws ClassNotFoundException {
        List<Class<?>> all = new ArrayList<>();
        for (String name : names) {
            all.add(Class.forName(PLANTED + "." + name));
        }
        return new ClassFileImporter().importClasses(all);
    }
}
