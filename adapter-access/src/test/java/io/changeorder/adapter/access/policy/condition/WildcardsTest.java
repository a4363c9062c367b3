package io.changeorder.adapter.access.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns of policies. */
class WildcardsTest {
    @ParameterizedTest
    @CsvSource({
        "'',           '',        true",
        "'',           a,         false",
        "*,            '',        true",
        "*,            anything,  true",
        "?,            '',        false",
        "?,            a,         true",
        "?,            ab,        false",
        "a*c,          abbc,      true",
        "a*c,          ac,        true",
        "a*c,          abcb,      false",
        "*ab,          aab,       true",
        "**?,          '',        false",
        "sae:Abort*,   sae:abort, false",
    })
    void aStarIsAnyTextAndAQuestionMarkOneCharacter(String pattern, String text, boolean matches) {
        assertThat(Wildcards.match(pattern, text)).isEqualTo(matches);
    }

    @Property
    void itSaysWhatTheDefinitionSays(
            @ForAll @Chars({'a', 'b', '*', '?'}) @StringLength(max = 8) String pattern,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 8) String text) {
        assertThat(Wildcards.match(pattern, text)).isEqualTo(byDefinition(pattern, text));
    }

    /** One that tries every star everywhere would not end in anybody's life. */
    @Test
    @Timeout(60)
    void aHostilePatternIsAnsweredAsWell() {
        String pattern = "a*".repeat(1_000) + "b";
        String text = "a".repeat(6_000);

        assertThat(Wildcards.match(pattern, text)).isFalse();
    }

    private static boolean byDefinition(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        String rest = pattern.substring(1);
        if (pattern.charAt(0) == '*') {
            return byDefinition(rest, text) || (!text.isEmpty() && byDefinition(pattern, text.substring(1)));
        }
        return !text.isEmpty()
                && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
                && byDefinition(rest, text.substring(1));
    }
}
