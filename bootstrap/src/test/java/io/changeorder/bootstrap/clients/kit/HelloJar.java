package io.changeorder.bootstrap.clients.kit;

import io.changeorder.hello.Hello;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The hello server as a jar, whether the build has packed it already or only compiled it. */
final class HelloJar {
    private HelloJar() {}

    /** A jar in the folder. */
    static Path in(Path folder) throws IOException {
        Path built = Path.of(URI.create(
                Hello.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        Path jar = folder.resolve("hello.jar");
        return Files.isDirectory(built) ? pack(built, jar) : Files.copy(built, jar);
    }

    private static Path pack(Path classes, Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Hello.class.getName());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                Stream<Path> found = Files.walk(classes)) {
            List<Path> files =
                    found.filter(each -> each.toString().endsWith(".class")).toList();
            files.forEach(file -> add(out, classes.relativize(file).toString(), file));
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, Path file) {
        try {
            out.putNextEntry(new JarEntry(name));
            Files.copy(file, out);
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
