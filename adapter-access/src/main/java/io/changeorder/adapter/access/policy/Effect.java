package io.changeorder.adapter.access.policy;

/** What a statement does. */
public enum Effect {
    ALLOW("Allow"),
    DENY("Deny");

    private final String ramName;

    Effect(String ramName) {
        this.ramName = ramName;
    }

    /** As policies name it. */
    public String ramName() {
        return ramName;
    }
}
