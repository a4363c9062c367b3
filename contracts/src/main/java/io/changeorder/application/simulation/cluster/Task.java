package io.changeorder.application.simulation.cluster;

import io.changeorder.application.simulation.stage.Stage;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.plan.Observation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Something that a node does, and what it knows by then. */
public final class Task implements Stage.Part {
    private final Node node;
    private final Map<ApplicationId, ApplicationState> read = new HashMap<>();
    private final Map<ApplicationId, Observation> looked = new HashMap<>();
    private boolean troubled;
    private int moves;

    public Task(Node node) {
        this.node = node;
    }

    public Node node() {
        return node;
    }

    @Override
    public Duration frozenFor() {
        return node.frozenFor();
    }

    /** What it read last of an application. */
    public Map<ApplicationId, ApplicationState> read() {
        return read;
    }

    /** What there was in truth when it looked last at an application. */
    public Map<ApplicationId, Observation> looked() {
        return looked;
    }

    /** It met a fault of the simulation, so that it may give up. */
    public void meetTrouble() {
        troubled = true;
    }

    public boolean isTroubled() {
        return troubled;
    }

    public int countMove() {
        return ++moves;
    }
}
