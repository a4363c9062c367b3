package io.changeorder.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.bootstrap.client.Credentials;
import io.changeorder.bootstrap.client.ServerUnreachableException;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.nodes.Nodes.Node;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Strikes nodes and their database at random moments, and counts how often. */
final class Fire {
    /** Whose commands come while the database can't be reached. */
    static final Credentials UNHEARD = new Credentials("unheard", "secret");
    /** Milliseconds within which a blow falls after a command was sent. */
    private static final int SOON = 1_500;

    private final Nodes nodes;
    private final Database database;
    private final TcpGate gate;
    private final Random random;
    private final Map<Trouble, Integer> struck = new EnumMap<>(Trouble.class);

    /**
     * Nothing happens yet.
     *
     * @param gate between the nodes and the database
     */
    Fire(Nodes nodes, Database database, TcpGate gate, Random random) {
        this.nodes = nodes;
        this.database = database;
        this.gate = gate;
        this.random = random;
    }

    /** What is left of a blow, until it is over. */
    interface Blow {
        Blow NONE = () -> {};

        void ends() throws InterruptedException;
    }

    /**
     * Strikes soon.
     *
     * @param order what somebody wants to take back while the database can't be reached
     */
    Blow strike(Trouble trouble, String order) throws Exception {
        int after = random.nextInt(SOON);
        Node node = nodes.any();
        System.out.println("blow " + blows() + " after " + after + " ms: " + trouble + ", "
                + node.client().endpoint());
        struck.merge(trouble, 1, Integer::sum);
        // A random moment: there is no condition to wait for.
        TimeUnit.MILLISECONDS.sleep(after);
        return switch (trouble) {
            case KILLED_NODE -> over(() -> nodes.kill(node));
            case FROZEN_NODE -> freeze(node);
            case RESTARTED_DATABASE -> over(database::restart);
            case CUT_CONNECTIONS -> over(database::cutConnections);
            case UNREACHABLE_DATABASE -> over(() -> shutOut(node, order));
        };
    }

    /** Done to the end at once. */
    private interface Stroke {
        void falls() throws Exception;
    }

    private static Blow over(Stroke stroke) throws Exception {
        stroke.falls();
        return Blow.NONE;
    }

    private Blow freeze(Node node) {
        nodes.freeze(node);
        return () -> {
            // Longer than its lease, so that the others have taken over what it drove.
            TimeUnit.MILLISECONDS.sleep(Nodes.LEASE.multipliedBy(2).toMillis());
            nodes.thaw(node);
        };
    }

    /** For as long as it takes to be told so, which is more than a lease. */
    private void shutOut(Node node, String order) {
        WireClient unheard = new WireClient(node.client().endpoint(), UNHEARD);
        gate.shut();
        assertThatThrownBy(() ->
                        unheard.call(WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER, Map.of("ChangeOrderId", order)))
                .isInstanceOf(ServerUnreachableException.class)
                .hasMessageContaining("ServiceUnavailable");
        gate.openAgain();
    }

    /** How many there were. */
    int blows() {
        return struck.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return struck.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", ", blows() + " blows (", ")"));
    }
}
