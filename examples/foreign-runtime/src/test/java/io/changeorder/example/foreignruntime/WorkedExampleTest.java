package io.changeorder.example.foreignruntime;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.changeorder.architecture.EmbeddingLaws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkedExampleTest {
    private static final String PACKAGE = "io.changeorder.example.foreignruntime";
    private static final String NO_CODE = "\\s*|(import|package) .*|\\s*(/\\*\\*|\\*).*";
    private static final Path SOURCES = Path.of("src/main/java", PACKAGE.split("[.]"));

    /** Of code, in both of its classes together; a line that is empty, an import or a comment is none. */
    @Test
    void aRuntimeOfOnesOwnTakesFewerThan150Lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String adapter : List.of("ThreadPoolRuntime.java", "Inspection.java")) {
            lines.addAll(Files.readAllLines(SOURCES.resolve(adapter)));
        }
        assertThat(lines).filteredOn(line -> !line.matches(NO_CODE)).hasSizeBetween(100, 149);
    }

    @Test
    void itKeepsTheLawsOfAHost() {
        JavaClasses example = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(PACKAGE);
        EmbeddingLaws.onlyThroughThePorts().check(example);
        EmbeddingLaws.noInternalPackage().check(example);
        EmbeddingLaws.ownAdaptersKnowOnlyWhatTheyServe(PACKAGE).check(example);
    }
}
