package io.changeorder.example.foreignruntime;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.changeorder.architecture.EmbeddingLaws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkedExampleTest {
    private static final String PACKAGE = "io.changeorder.example.foreignruntime";
    private static final Path SOURCES = Path.of("src/main/java", PACKAGE.split("[.]"));

    @Test
    void aRuntimeOfOnesOwnTakesFewerThan150Lines() throws IOException {
        for (String adapter : List.of("ThreadPoolRuntime.java", "Inspection.java")) {
            assertThat(Files.readAllLines(SOURCES.resolve(adapter))).hasSizeBetween(50, 149);
        }
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
