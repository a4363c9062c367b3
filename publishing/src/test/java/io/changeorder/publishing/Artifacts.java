package io.changeorder.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The jars on the class path of this test, and the project that they were built from. */
final class Artifacts {
    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private Artifacts() {}

    /** Every jar that a host gets, ours and other people's, but not those of the tests. */
    static List<Path> jars() {
        List<Path> jars = Stream.of(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> !path.endsWith("test-classes")
                        && !path.startsWith(Path.of("").toAbsolutePath()))
                .toList();
        assertThat(jars)
                .as("modules are looked at as jars, which come with ./mvnw verify and not with ./mvnw test")
                .noneMatch(Files::isDirectory);
        return jars;
    }

    static Optional<Path> jar(String artifact) {
        return jars().stream()
                .filter(path -> path.getFileName().toString().matches(artifact + "-\\d.*\\.jar"))
                .findFirst();
    }

    /** The artifacts of all modules that are deployed, by the modules' own POMs. */
    static SortedSet<String> published() throws IOException {
        SortedSet<String> published = new TreeSet<>();
        for (Path module : modules(PROJECT)) {
            Document pom = xml(module.resolve("pom.xml"));
            if (!text(pom.getDocumentElement(), "packaging").equals(Optional.of("pom"))) {
                published.add(artifact(pom));
            }
        }
        return published;
    }

    /** Those below a module that is not deployed inherit that from it. */
    private static List<Path> modules(Path folder) throws IOException {
        List<Path> modules = new ArrayList<>();
        NodeList named = xml(folder.resolve("pom.xml")).getElementsByTagName("module");
        for (int i = 0; i < named.getLength(); i++) {
            Path module = folder.resolve(named.item(i).getTextContent().strip());
            Document pom = xml(module.resolve("pom.xml"));
            if (!text(pom.getDocumentElement(), "maven.deploy.skip").equals(Optional.of("true"))) {
                modules.add(module);
                modules.addAll(modules(module));
            }
        }
        return modules;
    }

    /** That of the project itself, not that of its parent. */
    private static String artifact(Document pom) {
        NodeList ids = pom.getDocumentElement().getChildNodes();
        for (int i = 0; i < ids.getLength(); i++) {
            if (ids.item(i).getNodeName().equals("artifactId")) {
                return ids.item(i).getTextContent().strip();
            }
        }
        throw new AssertionError("a POM without artifactId: " + pom.getDocumentURI());
    }

    static Optional<String> text(Element inside, String element) {
        NodeList found = inside.getElementsByTagName(element);
        return found.getLength() == 0
                ? Optional.empty()
                : Optional.of(found.item(0).getTextContent().strip());
    }

    static Document xml(Path file) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is not XML: " + e.getMessage(), e);
        }
    }
}
