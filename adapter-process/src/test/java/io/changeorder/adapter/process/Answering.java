package io.changeorder.adapter.process;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A web server of one class, which tests pack into a jar: it answers 200 to /ready and 404 to everything else. */
public final class Answering {
    private Answering() {}

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            int status = exchange.getRequestURI().getPath().equals("/ready") ? 200 : 404;
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    /** Packs it; jars with different notes have different bytes. */
    public static Path pack(Path jar, String note) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Answering.class.getName());
        String resource = Answering.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                var bytes = Answering.class.getClassLoader().getResourceAsStream(resource)) {
            entries.putNextEntry(new JarEntry(resource));
            bytes.transferTo(entries);
            entries.closeEntry();
            entries.putNextEntry(new JarEntry("note"));
            entries.write(note.getBytes(StandardCharsets.UTF_8));
            entries.closeEntry();
        }
        return jar;
    }
}
