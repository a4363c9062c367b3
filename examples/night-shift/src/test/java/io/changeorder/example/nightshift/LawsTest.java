package io.changeorder.example.nightshift;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.changeorder.architecture.EmbeddingLaws;
import org.junit.jupiter.api.Test;

/** How a host has the laws that Changeorder ships checked on its own classes. */
class LawsTest {
    private static final JavaClasses HOST = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.changeorder.example.nightshift");

    @Test
    void theHostUsesTheEngineOnlyThroughItsPorts() {
        EmbeddingLaws.onlyThroughThePorts().check(HOST);
    }
}
