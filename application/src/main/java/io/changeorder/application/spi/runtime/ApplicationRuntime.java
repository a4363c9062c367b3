package io.changeorder.application.spi.runtime;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs instances. Safe from any thread. Every method but {@link #close()} may throw
 * {@link RuntimeUnavailableException}; it is then asked again later.
 *
 * <p>What it guarantees:
 *
 * <ol>
 *   <li>{@link #scale} is idempotent and only initiates; it never waits for an instance.
 *   <li>What was wished for is kept between orders and across restarts of the engine: an instance that exits is
 *       started again with back-off, 1 second doubling to 60; when it has run for 10 minutes its exits are forgotten.
 *   <li>A call with a fence older than the newest that was seen for the application changes nothing.
 *   <li>When {@link #raise} has returned true, every call with an older fence has ended or can have no effect any more.
 *   <li>After a raise nothing grows, not even a replacement of an exited instance, until the next {@code scale}. What
 *       exits meanwhile, or was backing off at the raise, is no longer wished for nor observed: whoever wants it back
 *       scales its entry again. So does whoever wants the rest to be replaced when it exits.
 *   <li>{@link #observe} and {@link #prove} look at the world, not at a record of it, and see at least everything that
 *       calls which returned before have begun.
 *   <li>A call that threw may have been done, or be done later: never once its fence is too old, nor after a later call
 *       of the application that changes something has returned.
 *   <li>Scaling down takes instances that are not ready first, then those that became ready last, then the newest.
 * </ol>
 */
public interface ApplicationRuntime extends AutoCloseable {
    /**
     * Checks that a revision can be run here and pins its artifact, so that later exactly these bytes run. Called before
     * a deployment is accepted; pinning twice is harmless.
     */
    Preparation prepare(Revision revision);

    /** Forgets what was kept for an application that is gone, once it has no instances; the fence is remembered. */
    void release(ApplicationId application, Fence fence);

    /**
     * Wishes for this many instances of an entry.
     *
     * @param entry what they are of
     * @param revision the content of {@code entry.revision()}
     * @param count 0 or more; the other entries of the application keep theirs
     */
    ScaleResult scale(ApplicationId application, Entry entry, Revision revision, int count, Fence fence);

    /**
     * Lets nothing with an older fence take effect any more, and stops growth.
     *
     * @param limit how long to wait for it
     * @return whether it is so; false when the limit passed first, then ask again
     */
    boolean raise(ApplicationId application, Fence fence, Duration limit);

    /** Every instance of the application in the world. An application that was never scaled has none. */
    Observation observe(ApplicationId application);

    /**
     * Starts the counts anew: exits become 0, back-off ends now, patience counts from now; and ends these instances, so
     * that the standing wish replaces those that it counts. An unknown instance is ignored, a rogue one is ended.
     */
    ScaleResult startAfresh(ApplicationId application, Set<InstanceId> replaced, Fence fence);

    /**
     * Compares the world with what it should be: counts, readiness, and for each instance that it runs exactly what its
     * revision says. Instances that nobody ordered are differences too.
     *
     * @param expected the composition that should be there, and nothing else
     * @param revisions the content of each revision in it
     */
    Proof prove(
            ApplicationId application, Composition expected, Function<Entry, Revision> revisions, Duration readyFor);

    /** Tells the listener of every change in the world that it notices; calls it from any thread, briefly. */
    void onChange(Consumer<ApplicationId> listener);

    /** Lets go of the instances, which go on, and ends every thread. Used once. */
    @Override
    void close();

    /** How a call with a fence went. */
    enum ScaleResult {
        INITIATED,
        /** A newer fence was seen; nothing was done. */
        STALE_FENCE
    }

    /** What {@link #prepare} found. */
    sealed interface Preparation {
        <T> T match(Function<Prepared, T> prepared, Function<Unusable, T> unusable);

        /** The revision with its artifact pinned. */
        record Prepared(Revision revision) implements Preparation {
            @Override
            public <T> T match(Function<Prepared, T> prepared, Function<Unusable, T> unusable) {
                return prepared.apply(this);
            }
        }

        /**
         * It can't be run here.
         *
         * @param parameter the wire's name of the parameter that is the reason
         * @param why a sentence for people that says what to do instead
         */
        record Unusable(String parameter, String why) implements Preparation {
            @Override
            public <T> T match(Function<Prepared, T> prepared, Function<Unusable, T> unusable) {
                return unusable.apply(this);
            }
        }
    }
}
