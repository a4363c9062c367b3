package io.changeorder.bootstrap.nodes;

/** What befalls a node, or the database of all. */
enum Trouble {
    KILLED_NODE("killed"),
    FROZEN_NODE("frozen for two leases"),
    RESTARTED_DATABASE("immediate restarts of the database"),
    CUT_CONNECTIONS("cuts of every connection"),
    UNREACHABLE_DATABASE("times without the database");

    private final String words;

    Trouble(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
