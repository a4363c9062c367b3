package io.changeorder.domain.plan;

import java.util.List;

/**
 * What a runtime found when it compared the world with what it should be.
 *
 * @param differences empty when the world is as it should be
 * @param evidence what was compared and found equal, one line each, for people
 * @param unchecked what could not be compared here, one line each, for people
 */
public record Proof(List<Difference> differences, List<String> evidence, List<String> unchecked) {
    public Proof {
        differences = List.copyOf(differences);
        evidence = List.copyOf(evidence);
        unchecked = List.copyOf(unchecked);
    }

    public boolean holds() {
        return differences.isEmpty();
    }
}
