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
 * {@link RuntimeUnavailableException}; it is then asked again later. A runtime that throws anything else, or gives null,
 * is broken: it is asked again all the same, and a person is told.
 *
 * <p>What it guarantees, each sentence with tests of its own in the {@code ApplicationRuntimeContract} of
 * {@code changeorder-contracts}:
 *
 * <ol>
 *   <li><b>Scaling initiates</b>: {@link #scale} never waits for an instance to become ready or to end.
 *   <li><b>Counts are reached</b>: it starts as many instances as are missing, each with an id of its own, or ends as
 *       many as are too many, and leaves the others alone.
 *   <li><b>Scaling twice is scaling once</b>: whoever wishes for the count that is wished for already changes nothing.
 *   <li><b>Entries are apart</b>: a call changes nothing of another application, and a scale nothing of another entry.
 *   <li><b>A wish stands</b>: what was wished for is kept between orders and across restarts of the engine; instances go
 *       on meanwhile, and one that exits is started again under its own id.
 *   <li><b>Back-off doubles</b>: it is started again 1 second after its first exit, then after twice as long each time,
 *       up to 60 seconds.
 *   <li><b>Exits are counted</b>: also over a restart of the engine, until the instance has run for 10 minutes.
 *   <li><b>Old fences are refused</b>: a call with a fence older than the newest that was seen for its application
 *       changes nothing, also after a restart of the engine; the first fence is 0, and every application has its own.
 *   <li><b>A confirmed raise is final</b>: when {@link #raise} has returned true, every call with an older fence has
 *       ended or can have no effect any more, wherever it is frozen.
 *   <li><b>Nothing grows after a raise</b>: nothing is started, not even a replacement of an exited instance, until the
 *       next {@code scale}; not after a restart of the engine either.
 *   <li><b>What is lost is let go</b>: what exits after a raise, or was backing off at the raise, is no longer wished for
 *       nor observed; whoever wants it back scales its entry again. So does whoever wants the rest to be replaced when it
 *       exits.
 *   <li><b>Stops go on</b>: a raise does not hold up the end of instances that were told to go.
 *   <li><b>Nothing seen is older than what returned</b>: {@link #observe} and {@link #prove} see at least everything that
 *       calls which returned before have begun.
 *   <li><b>The world is looked at</b>: they look at the instances themselves, not at a record of them; one that died or
 *       no longer answers is not seen as ready.
 *   <li><b>Listeners hear</b>: of what changes in the world, whoever changed it.
 *   <li><b>The least useful goes first</b>: scaling down takes instances that are not ready first, then those that became
 *       ready last, then the newest.
 *   <li><b>A fresh start forgets</b>: {@link #startAfresh} sets exits to 0 and ends the back-off now.
 *   <li><b>A fresh start replaces what it names</b>: those instances end and others take their place; what it does not
 *       name goes on, and a name that nobody has is ignored.
 *   <li><b>A proof holds where all is right</b>: and has a line of evidence for every instance.
 *   <li><b>Counts are proved</b>: an instance too few, too many, or still on its way out is a difference.
 *   <li><b>Readiness is proved</b>: an instance that is not ready, or not for long enough, is a difference that names it.
 *   <li><b>Strangers are found</b>: an instance that nobody ordered is a difference that names it, until a fresh start
 *       ends it.
 *   <li><b>Content is proved</b>: an instance that runs something else than its revision says is a difference that names
 *       it, until a fresh start replaces it.
 *   <li><b>Preparing pins</b>: {@link #prepare} adds the digest of the artifact and nothing else, and twice is once.
 *   <li><b>Preparing refuses</b>: what can't be run is refused with the parameter that is the reason.
 *   <li><b>Releasing keeps the fence</b>: {@link #release} forgets all but the fence, and does no harm when repeated or
 *       for an application that never was.
 * </ol>
 *
 * <p>A call that threw may have been done, or be done later: never once its fence is too old, nor after a later call of
 * the application that changes something has returned.
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
