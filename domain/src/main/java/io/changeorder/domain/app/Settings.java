package io.changeorder.domain.app;

/**
 * What an application has that is not in a revision.
 *
 * @param replicas instances when running, 1 or more
 * @param strategy how changes are cut into batches
 * @param floor how many instances stay ready
 * @param surge how many more may exist
 * @param timing how long things may take
 * @param description what people say of the application, may be empty
 */
public record Settings(
        int replicas, UpdateStrategy strategy, ReadyFloor floor, Surge surge, Timing timing, String description) {
    public Settings {
        if (replicas < 1) {
            throw new IllegalArgumentException("an application has 1 replica or more: " + replicas);
        }
    }

    public static Settings of(int replicas) {
        return new Settings(
                replicas, UpdateStrategy.SINGLE_BATCH, ReadyFloor.DEFAULT, Surge.DEFAULT, Timing.DEFAULT, "");
    }

    public Settings withReplicas(int newReplicas) {
        return new Settings(newReplicas, strategy, floor, surge, timing, description);
    }

    public Settings withStrategy(UpdateStrategy newStrategy) {
        return new Settings(replicas, newStrategy, floor, surge, timing, description);
    }

    public Settings withFloor(ReadyFloor newFloor) {
        return new Settings(replicas, strategy, newFloor, surge, timing, description);
    }

    public Settings withSurge(Surge newSurge) {
        return new Settings(replicas, strategy, floor, newSurge, timing, description);
    }

    public Settings withTiming(Timing newTiming) {
        return new Settings(replicas, strategy, floor, surge, newTiming, description);
    }

    public Settings withDescription(String newDescription) {
        return new Settings(replicas, strategy, floor, surge, timing, newDescription);
    }
}
