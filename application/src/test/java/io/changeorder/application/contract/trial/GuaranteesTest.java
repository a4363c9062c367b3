package io.changeorder.application.contract.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.contract.AccessStoreContract;
import io.changeorder.application.contract.ApplicationRuntimeContract;
import io.changeorder.application.contract.ChangeOrderStoreContract;
import io.changeorder.application.contract.Guarantee;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A contract is what its port says, sentence by sentence, and nothing else. */
class GuaranteesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern SENTENCE = Pattern.compile("<li>(?:<b>([^<]+)</b>: )?");
    private static final int STORE_SENTENCES = 23;
    private static final int RUNTIME_SENTENCES = 27;
    private static final int ACCESS_SENTENCES = 13;

    @Test
    void everySentenceOnTheRuntimeIsTestedAndNothingElseIs() throws IOException {
        List<String> sentences = sentencesOn(ApplicationRuntime.class);
        assertThat(sentences).hasSize(RUNTIME_SENTENCES).doesNotHaveDuplicates();
        assertThat(testedBy(ApplicationRuntimeContract.class)).containsExactlyInAnyOrderElementsOf(sentences);
    }

    @Test
    void everySentenceOnTheStoreIsTestedAndNothingElseIs() throws IOException {
        List<String> sentences = sentencesOn(ChangeOrderStore.class);
        assertThat(sentences).hasSize(STORE_SENTENCES).doesNotHaveDuplicates();
        assertThat(testedBy(ChangeOrderStoreContract.class)).containsExactlyInAnyOrderElementsOf(sentences);
    }

    @Test
    void everySentenceOnTheStoreOfKeysIsTestedAndNothingElseIs() throws IOException {
        List<String> sentences = sentencesOn(AccessStore.class);
        assertThat(sentences).hasSize(ACCESS_SENTENCES).doesNotHaveDuplicates();
        assertThat(testedBy(AccessStoreContract.class)).containsExactlyInAnyOrderElementsOf(sentences);
    }

    /** The names of the sentences of its list, in order; empty for a sentence without one. */
    private static List<String> sentencesOn(Class<?> port) throws IOException {
        String source = Files.readString(SOURCES.resolve(port.getName().replace('.', '/') + ".java"));
        String description = source.substring(0, source.indexOf("public interface " + port.getSimpleName()));
        return SENTENCE.matcher(description).results().map(GuaranteesTest::name).toList();
    }

    private static String name(MatchResult sentence) {
        return sentence.group(1) == null ? "" : sentence.group(1);
    }

    private static Set<String> testedBy(Class<?> contract) {
        Set<String> tested = new TreeSet<>();
        Trial.annotated(contract, Test.class).forEach(test -> {
            assertThat(test.isAnnotationPresent(Guarantee.class))
                    .as("%s says which sentence it tests", test.getName())
                    .isTrue();
            tested.add(test.getAnnotation(Guarantee.class).value());
        });
        return tested;
    }
}
