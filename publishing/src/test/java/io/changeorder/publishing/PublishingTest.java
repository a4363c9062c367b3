package io.changeorder.publishing;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The artifacts as they are published. */
class PublishingTest {
    private static final long MEBIBYTE = 1L << 20;
    private static final List<String> CORE = List.of(
            "changeorder-domain",
            "changeorder-application",
            "guava",
            "failureaccess",
            "listenablefuture",
            "error_prone_annotations",
            "j2objc-annotations",
            "jspecify",
            "jakarta.inject-api",
            "slf4j-api");

    @Test
    void theBomNamesEveryPublishedArtifactAndNoOther() throws IOException {
        Document bom = Artifacts.xml(Artifacts.PROJECT.resolve("bom/pom.xml"));
        NodeList managed = bom.getElementsByTagName("dependency");
        Set<String> named = new TreeSet<>();
        for (int i = 0; i < managed.getLength(); i++) {
            named.add(Artifacts.text((Element) managed.item(i), "artifactId").orElseThrow());
        }
        assertThat(named).isEqualTo(Artifacts.published());
    }

    @Test
    void theBomHasTheVersionOfTheArtifacts() throws IOException {
        Document bom = Artifacts.xml(Artifacts.PROJECT.resolve("bom/pom.xml"));
        Document parent = Artifacts.xml(Artifacts.PROJECT.resolve("pom.xml"));
        assertThat(Artifacts.text(bom.getDocumentElement(), "version"))
                .isEqualTo(Artifacts.text(parent.getDocumentElement(), "version"));
    }

    @Test
    void everyPublishedArtifactNamesItsModule() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String artifact : ofThisTest()) {
            Path jar = Artifacts.jar(artifact).orElseThrow();
            try (JarFile file = new JarFile(jar.toFile())) {
                String name = file.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
                assertThat(name).as(artifact).startsWith("io.changeorder.");
                assertThat(names.add(name))
                        .as("%s is the name of one module only", name)
                        .isTrue();
            }
        }
    }

    @Test
    void theEngineAndItsAdaptersWorkOnTheModulePath() throws ReflectiveOperationException {
        ModuleFinder finder = ModuleFinder.of(Artifacts.jars().stream()
                .filter(jar -> !jar.getFileName().toString().startsWith("listenablefuture"))
                .toArray(Path[]::new));
        Set<String> ours = finder.findAll().stream()
                .map(module -> module.descriptor().name())
                .filter(name -> name.startsWith("io.changeorder."))
                .collect(toCollection(TreeSet::new));
        assertThat(ours)
                .contains(
                        "io.changeorder.domain",
                        "io.changeorder.application",
                        "io.changeorder.adapter.persistence",
                        "io.changeorder.adapter.process",
                        "io.changeorder.adapter.access");

        // Fails when two modules have a package in common.
        Configuration resolved = ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), ours);
        ModuleLayer layer = ModuleLayer.defineModulesWithOneLoader(
                        resolved, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader())
                .layer();
        Class<?> engine = layer.findLoader("io.changeorder.application")
                .loadClass("io.changeorder.application.ChangeOrderEngine");
        assertThat(engine.getModule().getName()).isEqualTo("io.changeorder.application");
        Object builder = engine.getMethod("builder").invoke(null);
        Method build = builder.getClass().getMethod("build");
        assertThatThrownBy(() -> build.invoke(builder))
                .isInstanceOf(InvocationTargetException.class)
                .hasRootCauseMessage("an engine needs a store: builder().store(...)");
    }

    @Test
    void theCoreWithAllItNeedsIsBelowFourMegabytes() throws IOException {
        long bytes = 0;
        for (String artifact : CORE) {
            bytes += Files.size(Artifacts.jar(artifact)
                    .orElseThrow(() -> new AssertionError(artifact + " is not among " + Artifacts.jars())));
        }
        assertThat(bytes).isBetween(MEBIBYTE, 4 * MEBIBYTE);
    }

    @Test
    void everyEntryOfAJarHasTheTimeThatTheBuildSays() throws IOException {
        Matcher said = Pattern.compile("<project.build.outputTimestamp>(.*)</project.build.outputTimestamp>")
                .matcher(Files.readString(Artifacts.PROJECT.resolve("pom.xml")));
        assertThat(said.find()).isTrue();
        Instant time = Instant.parse(said.group(1));
        for (String artifact : ofThisTest()) {
            try (JarFile jar = new JarFile(Artifacts.jar(artifact).orElseThrow().toFile())) {
                for (Enumeration<? extends ZipEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                    ZipEntry entry = entries.nextElement();
                    assertThat(entry.getTimeLocal().toInstant(ZoneOffset.UTC))
                            .as("%s of %s", entry.getName(), artifact)
                            .isEqualTo(time);
                }
            }
        }
    }

    @Test
    void everyPublishedPomSaysWhatItIsWhoseItIsAndUnderWhichLicence() throws IOException {
        for (Path pom : List.of(Artifacts.PROJECT.resolve("pom.xml"), Artifacts.PROJECT.resolve("bom/pom.xml"))) {
            Document parent = Artifacts.xml(pom);
            for (String element :
                    List.of("name", "description", "url", "license", "developer", "scm", "organization")) {
                assertThat(Artifacts.text(parent.getDocumentElement(), element))
                        .as("%s of %s", element, pom)
                        .isPresent();
            }
        }
        for (String artifact : Artifacts.published()) {
            Document pom = Artifacts.xml(pom(artifact));
            assertThat(Artifacts.text(pom.getDocumentElement(), "name"))
                    .as("name of %s", artifact)
                    .isPresent();
            assertThat(Artifacts.text(pom.getDocumentElement(), "description"))
                    .as("description of %s", artifact)
                    .isPresent();
        }
    }

    private static Path pom(String artifact) throws IOException {
        try (Stream<Path> files = Files.walk(Artifacts.PROJECT, 3)) {
            return files.filter(file -> file.endsWith("pom.xml"))
                    .filter(file -> contains(file, "<artifactId>" + artifact + "</artifactId>\n\n  <name>"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no POM of " + artifact + " that goes on with its name"));
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is published and on the class path of this test. */
    private static List<String> ofThisTest() throws IOException {
        List<String> found = Artifacts.published().stream()
                .filter(artifact -> Artifacts.jar(artifact).isPresent())
                .toList();
        assertThat(found).hasSizeGreaterThanOrEqualTo(6);
        return found;
    }
}
