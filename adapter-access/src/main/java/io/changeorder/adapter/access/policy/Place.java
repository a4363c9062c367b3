package io.changeorder.adapter.access.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A place in a document, that of something missing too.
 *
 * @param path from the root, such as {@code Statement[1].Action[0]}; empty for the root
 * @param name the last member in the path
 */
record Place(String path, String name, JsonNode node) {
    static Place of(JsonNode root) {
        return new Place("", "", root);
    }

    PolicyException wrong(String why) {
        return new PolicyException((path.isEmpty() ? "The policy" : path) + " " + why + ".");
    }

    boolean has(String member) {
        return node.has(member);
    }

    Place member(String member) {
        return new Place(path.isEmpty() ? member : path + "." + member, member, node.path(member));
    }

    void requireOnly(Set<String> known) {
        for (Place member : members()) {
            if (!known.contains(member.name)) {
                throw member.wrong("is not known here");
            }
        }
    }

    /** At least one: nothing said is more often a slip than meant. */
    List<Place> members() {
        if (!node.isObject() || node.isEmpty()) {
            throw wrong("must be an object, and not an empty one");
        }
        return node.properties().stream().map(each -> member(each.getKey())).toList();
    }

    /** At least one. */
    List<Place> elements() {
        if (!node.isArray() || node.isEmpty()) {
            throw wrong("must be a list, and not an empty one");
        }
        return IntStream.range(0, node.size())
                .mapToObj(i -> new Place(path + "[" + i + "]", name, node.path(i)))
                .toList();
    }

    /** One text or a list of texts. */
    List<Place> texts() {
        if (node.isTextual()) {
            return List.of(this);
        }
        if (!node.isArray() || node.isEmpty()) {
            throw wrong("must be a text or a list of texts");
        }
        List<Place> texts = elements();
        for (Place each : texts) {
            if (!each.node.isTextual()) {
                throw each.wrong("must be a text");
            }
        }
        return texts;
    }

    String text() {
        if (!node.isTextual()) {
            throw wrong(node.isMissingNode() ? "is missing" : "must be a text");
        }
        return node.textValue();
    }
}
