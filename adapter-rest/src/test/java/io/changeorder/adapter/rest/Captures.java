package io.changeorder.adapter.rest;

import com.google.common.base.Splitter;
import io.changeorder.adapter.rest.message.ApiRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Raw requests of real clients, as they were on the wire. */
final class Captures {
    private static final Path FOLDER = Path.of("src/test/resources/captures");

    private Captures() {}

    static Path named(String name) {
        return FOLDER.resolve(name + ".http");
    }

    static List<Path> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was sent. The files end with a line feed of their own, which took the place of a last CR LF. */
    static byte[] bytes(Path capture) {
        try {
            String text = Files.readString(capture, StandardCharsets.ISO_8859_1);
            String sent = text.substring(0, text.length() - 1);
            return (hasLength(sent) ? sent : sent + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasLength(String sent) {
        return sent.contains("Content-Length: ") && !sent.contains("Content-Length: 0");
    }

    /** The request as a shell would hand it over. */
    static ApiRequest request(Path capture) {
        String text = new String(bytes(capture), StandardCharsets.ISO_8859_1);
        int blank = text.indexOf("\r\n\r\n");
        List<String> head = Splitter.on("\r\n").splitToList(text.substring(0, blank));
        List<String> line = Splitter.on(' ').splitToList(head.get(0));
        ApiRequest request = ApiRequest.of(line.get(0), line.get(1));
        for (String header : head.subList(1, head.size())) {
            int colon = header.indexOf(':');
            request = request.withHeader(
                    header.substring(0, colon), header.substring(colon + 1).trim());
        }
        String sent = text.substring(blank + 4);
        boolean chunked = request.header("transfer-encoding").isPresent();
        return request.withBody((chunked ? unchunked(sent) : sent).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String unchunked(String sent) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (true) {
            int end = sent.indexOf("\r\n", at);
            int size = Integer.parseInt(sent.substring(at, end), 16);
            if (size == 0) {
                return body.toString();
            }
            body.append(sent, end + 2, end + 2 + size);
            at = end + 2 + size + 2;
        }
    }
}
