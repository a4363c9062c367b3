package io.changeorder.domain.id;

/**
 * Who did something: an access key id on the wire, a name chosen by an embedding host, or the engine itself.
 *
 * @param name 1 to 64 printable ASCII characters without blanks
 */
public record Actor(String name) {
    /** The engine acting on its own: batches that go on, policies that roll back. */
    public static final Actor ENGINE = new Actor("engine");

    public Actor {
        Ids.requireValid(name, "Actor");
    }

    @Override
    public String toString() {
        return name;
    }
}
