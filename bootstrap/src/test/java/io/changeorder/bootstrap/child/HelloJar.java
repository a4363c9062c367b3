package io.changeorder.bootstrap.child;

import io.changeorder.hello.Hello;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The application that is deployed: its jar, or one made of its classes where Maven has not packaged it yet. */
public final class HelloJar {
    private HelloJar() {}

    /** Its jar; a folder to make one in, where there is none. */
    public static Path in(Path folder) throws IOException {
        Path origin = origin();
        if (Files.isRegularFile(origin)) {
            return origin;
        }
        Path jar = folder.resolve("hello.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Hello.class.getName());
        Path classes = origin.resolve(Hello.class.getPackageName().replace('.', '/'));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> all = Files.list(classes)) {
            List<Path> sorted = all.sorted().toList();
            for (Path each : sorted) {
                out.putNextEntry(new ZipEntry(origin.relativize(each).toString()));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
        return jar;
    }

    private static Path origin() {
        try {
            return Path.of(Hello.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
