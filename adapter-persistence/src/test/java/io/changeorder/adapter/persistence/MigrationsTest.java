package io.changeorder.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.persistence.document.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every migration since there is a rule begins by saying which programs may stay. */
class MigrationsTest {
    private static final Path RESOURCES = Path.of("src/main/resources/io/changeorder/adapter/persistence");
    private static final Pattern NAME = Pattern.compile("V(\\d+)__\\w+[.]sql");
    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*\n");
    private static final Pattern STAYS = Pattern.compile("\\s*UPDATE compatibility SET oldest = oldest;[\\s\\S]*");
    private static final String POSTGRES_RAISED =
            "\\s*TRUNCATE compatibility;\\s*INSERT INTO compatibility [(]only_one, oldest[)] VALUES [(]1, %d[)];[\\s\\S]*";
    private static final String SQLITE_RAISED = "\\s*UPDATE compatibility SET oldest = %d;[\\s\\S]*";

    /** From which schema on a format of documents may be written. */
    private record Since(int postgres, int sqlite) {}

    private static final List<Since> FORMATS = List.of(new Since(1, 1));

    @ParameterizedTest
    @CsvSource({"postgres, 4", "sqlite, 5"})
    void eachSaysItFirst(String database, int since) throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve(database))) {
            for (Path file : files.toList()) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                assertThat(name.matches()).as(file.toString()).isTrue();
                int version = Integer.parseInt(name.group(1));
                assertThat(version <= since || saysIt(Files.readString(file), raised(database), version))
                        .as(file.toString())
                        .isTrue();
            }
        }
    }

    @Test
    void theTestSeesWhatIsMissing() {
        String stays = "-- Why.\nUPDATE compatibility SET oldest = oldest;\nALTER";
        String updated = "UPDATE compatibility SET oldest = 7;\nALTER";
        String replaced = "TRUNCATE compatibility;\nINSERT INTO compatibility (only_one, oldest) VALUES (1, 7);\nALTER";
        assertThat(List.of(
                        saysIt(stays, POSTGRES_RAISED, 7),
                        saysIt(replaced, POSTGRES_RAISED, 7),
                        saysIt(updated, SQLITE_RAISED, 7)))
                .containsOnly(true);
        assertThat(List.of(
                        saysIt("ALTER", POSTGRES_RAISED, 7),
                        saysIt("ALTER;\n" + stays, POSTGRES_RAISED, 7),
                        saysIt(updated, POSTGRES_RAISED, 7),
                        saysIt(replaced, POSTGRES_RAISED, 8),
                        raises(stays, SQLITE_RAISED, 7)))
                .containsOnly(false);
    }

    @Test
    void aNewFormatOfDocumentsLetsNoOlderProgramStay() throws IOException {
        assertThat(FORMATS).as("a row for each format").hasSize(Documents.FORMAT);
        for (Since since : FORMATS.subList(1, FORMATS.size())) {
            assertThat(raises(migration("postgres", since.postgres()), POSTGRES_RAISED, since.postgres()))
                    .as(since.toString())
                    .isTrue();
            assertThat(raises(migration("sqlite", since.sqlite()), SQLITE_RAISED, since.sqlite()))
                    .as(since.toString())
                    .isTrue();
        }
    }

    private static String migration(String database, int version) throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve(database))) {
            return Files.readString(
                    files.filter(file -> file.getFileName().toString().startsWith("V" + version + "__"))
                            .findAny()
                            .orElseThrow());
        }
    }

    private static String raised(String database) {
        return database.equals("sqlite") ? SQLITE_RAISED : POSTGRES_RAISED;
    }

    private static boolean saysIt(String migration, String raised, int version) {
        return STAYS.matcher(withoutComments(migration)).matches() || raises(migration, raised, version);
    }

    private static boolean raises(String migration, String raised, int version) {
        return withoutComments(migration).matches(raised.formatted(version));
    }

    private static String withoutComments(String migration) {
        return COMMENT.matcher(migration).replaceAll("");
    }
}
