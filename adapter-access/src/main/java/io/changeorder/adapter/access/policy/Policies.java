package io.changeorder.adapter.access.policy;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The policies of a key: each is the name of one that comes with this library, or a document.
 *
 * <ul>
 *   <li>{@code FullAccess}: everything.
 *   <li>{@code ReadOnly}: what changes nothing.
 *   <li>{@code AbortOnly}: for people on call; what changes nothing, and to abort an order, with a rollback or without.
 * </ul>
 */
public final class Policies {
    /** The name of the policy that allows everything. */
    public static final String FULL_ACCESS = "FullAccess";

    private static final ImmutableMap<String, String> BUNDLED = ImmutableMap.of(
            FULL_ACCESS, load(FULL_ACCESS), "ReadOnly", load("ReadOnly"), "AbortOnly", load("AbortOnly"));

    private Policies() {}

    /** The names of those that come with this library. */
    public static List<String> bundled() {
        return BUNDLED.keySet().asList();
    }

    /** The document of one that comes with this library, as JSON; empty when there is none of this name. */
    public static Optional<String> text(String name) {
        return Optional.ofNullable(BUNDLED.get(name));
    }

    /** Whether it is a document, and not the name of one. */
    public static boolean isDocument(String nameOrText) {
        return nameOrText.stripLeading().startsWith("{");
    }

    /**
     * The document that is meant by a name, or that is the text itself.
     *
     * @throws PolicyException when there is no such name, or the document can't be used
     */
    public static PolicyDocument resolve(String nameOrText) {
        if (isDocument(nameOrText)) {
            return PolicyDocument.parse(nameOrText);
        }
        return PolicyDocument.parse(text(nameOrText)
                .orElseThrow(() -> new PolicyException("There is no policy " + abridged(nameOrText) + "; there are "
                        + String.join(", ", bundled()) + ", or give a document.")));
    }

    /**
     * What these policies answer, and why.
     *
     * @param policies names or documents
     * @throws PolicyException when one of them can't be used
     */
    public static Explanation explain(List<String> policies, Question question) {
        ImmutableMap.Builder<String, PolicyDocument> documents = ImmutableMap.builder();
        IntStream.range(0, policies.size())
                .forEach(i -> documents.put(title(policies.get(i), i), resolve(policies.get(i))));
        return Explanation.of(documents.buildKeepingLast(), question);
    }

    /** A name stands for itself, and a document is told by its place. */
    private static String title(String nameOrText, int index) {
        return BUNDLED.containsKey(nameOrText) ? nameOrText : "document " + (index + 1);
    }

    private static String abridged(String text) {
        return text.length() > 64 ? text.substring(0, 64) + "..." : text;
    }

    private static String load(String name) {
        try {
            return Resources.toString(Resources.getResource(Policies.class, name + ".json"), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the policy " + name + " can't be read from the library", unreadable);
        }
    }
}
