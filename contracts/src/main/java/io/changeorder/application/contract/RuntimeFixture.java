package io.changeorder.application.contract;

import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * How the {@link ApplicationRuntimeContract} gets at an adapter and at the world behind it. Two revisions are equal when
 * they were made by the same method with the same label.
 */
public interface RuntimeFixture extends AutoCloseable {
    /** The runtime that is open now. */
    ApplicationRuntime runtime();

    /** Closes the runtime and opens one again over the same world. */
    void reopen();

    /** Its instances are ready soon after their start and stay so. */
    Revision ready(String label);

    /** Its instances run but are never ready. */
    Revision neverReady(String label);

    /** Its instances exit as soon as they were started, each time. */
    Revision exitsAtOnce(String label);

    /** Its instances are ready soon, but go only when they are forced to; this takes seconds. */
    Revision ignoresTermination(String label);

    /** A revision that can be run, with an artifact that is not pinned yet. */
    Revision withArtifact(String label);

    /** It can't be run here. */
    Revision unusable();

    /** An instance that is running ends, as by a crash of its own. */
    void kill(ApplicationId application, InstanceId instance);

    /** An instance of a {@link #ready} revision stops or begins being ready, though it runs on. */
    void setUnready(ApplicationId application, InstanceId instance, boolean unready);

    /** Makes an instance run something else than its revision says, behind the runtime's back. */
    void change(ApplicationId application, InstanceId instance);

    /** Begins an instance that nobody ordered. */
    void addRogue(ApplicationId application);

    /** The next scale that finds its fence new enough is held there, before its effect. */
    ParkedCall parkNextScale();

    /** Lets so much time of the runtime's clock pass. */
    void pass(Duration time);

    /** Lets time pass until the condition holds; fails when that takes unreasonably long. */
    void await(String condition, Callable<Boolean> holds);

    /** Lets time pass in which anything that is still on its way would arrive. */
    void settle();

    /** Closes the runtime and ends whatever still runs. */
    @Override
    void close();
}
