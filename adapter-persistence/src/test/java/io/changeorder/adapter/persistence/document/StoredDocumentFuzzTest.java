package io.changeorder.adapter.persistence.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is found in the place of a document is read, as what is then written in its place, or refused. */
@Timeout(30)
class StoredDocumentFuzzTest {
    /** One kind of document. */
    private record Kind<T>(Function<String, T> reading, Function<T, String> writing) {
        void check(String document) {
            T read;
            try {
                read = reading.apply(document);
            } catch (UnreadableDocumentException refused) {
                assertThat(refused).hasMessageStartingWith("a stored ");
                return;
            }
            assertThat(reading.apply(writing.apply(read))).isEqualTo(read);
        }
    }

    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(Documents::application, Documents::of),
            new Kind<>(Documents::order, Documents::of),
            new Kind<>(Documents::version, Documents::of),
            new Kind<>(Documents::event, Documents::of),
            new Kind<>(Documents::answer, Documents::of),
            new Kind<>(Documents::maintenance, Documents::of));

    @MethodSource("everyReleasedDocument")
    @FuzzTest
    void aDocumentIsReadOrRefused(byte[] stored) {
        String document = new String(stored, StandardCharsets.UTF_8);
        KINDS.forEach(kind -> kind.check(document));
    }

    static List<byte[]> everyReleasedDocument() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/format-1"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(StoredDocumentFuzzTest::bytes)
                    .toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
