package io.changeorder.spring;

import io.changeorder.application.spi.EngineOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set of an engine in the application's properties.
 *
 * @param enabled Whether there is an engine.
 * @param dataFolder Folder of the SQLite store and of the processes; needed where the application has no store or runtime
 *     of its own.
 * @param maxReplicas Most instances that an application may have.
 * @param refuseRolledBackVersions Whether a version that a person had rolled back is only deployed by force.
 * @param raiseLimit How long a command waits for the runtime to confirm its fence.
 * @param lease How long a node may not be heard of before others take over what it drives.
 * @param retention How long ended orders are kept.
 * @param timing How long things may take where a deployment does not say it.
 */
@ConfigurationProperties("changeorder")
public record ChangeorderProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("") String dataFolder,
        @DefaultValue("1000") int maxReplicas,
        @DefaultValue("false") boolean refuseRolledBackVersions,
        @DefaultValue("2s") Duration raiseLimit,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("90d") Duration retention,
        @DefaultValue Timing timing) {

    /**
     * How long things may take.
     *
     * @param readyFor How long an instance must answer without a break before it counts as ready.
     * @param instanceReady How long after its start an instance that is not ready has failed.
     * @param batch How long a batch may take before it needs a person.
     */
    public record Timing(
            @DefaultValue("5s") Duration readyFor,
            @DefaultValue("600s") Duration instanceReady,
            @DefaultValue("30m") Duration batch) {}

    /** The data folder, if one is set. */
    Optional<Path> folder() {
        return Optional.of(dataFolder).filter(path -> !path.isBlank()).map(Path::of);
    }

    EngineOptions options() {
        return new EngineOptions(
                maxReplicas,
                new io.changeorder.domain.app.Timing(timing.readyFor(), timing.instanceReady(), timing.batch()),
                refuseRolledBackVersions,
                raiseLimit,
                lease,
                retention);
    }
}
