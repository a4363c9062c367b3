package io.changeorder.adapter.access.policy;

import java.util.List;

/**
 * A policy of RAM's shape: {@code {"Version":"1","Statement":[{"Effect":"Allow","Action":["sae:Describe*"],
 * "Resource":["*"]}]}}. Does not change.
 */
public final class PolicyDocument {
    private final List<Statement> statements;
    private final List<String> warnings;

    PolicyDocument(List<Statement> statements, List<String> warnings) {
        this.statements = List.copyOf(statements);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads a document strictly: what it does not understand it refuses, and so what would not do what it says, such as
     * a denial of an operation that there is not.
     *
     * @param text JSON, at most 6,144 characters
     * @throws PolicyException when it can't be used
     */
    public static PolicyDocument parse(String text) {
        return new PolicyReader().read(text);
    }

    /** What is probably a mistake, but a harmless one: the place, and what is odd about it. */
    public List<String> warnings() {
        return warnings;
    }

    List<Statement> statements() {
        return statements;
    }
}
