package io.changeorder.example.foreignstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.changeorder.architecture.EmbeddingLaws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WorkedExampleTest {
    private static final String NO_CODE = "\\s*|(import|package) .*|\\s*(/\\*\\*|\\*).*";
    private static final Path ADAPTER = Path.of("src/main/java/io/changeorder/example/foreignstore/JsonFile.java");

    /** Of code; a line that is empty, an import or a comment is none. */
    @Test
    void aStoreOfOnesOwnTakesFewerThan150Lines() throws IOException {
        assertThat(Files.readAllLines(ADAPTER))
                .filteredOn(line -> !line.matches(NO_CODE))
                .hasSizeBetween(50, 149);
    }

    @Test
    void itUsesNoInternalPackage() {
        JavaClasses example = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.changeorder.example.foreignstore");
        EmbeddingLaws.noInternalPackage().check(example);
    }
}
