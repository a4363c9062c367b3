package io.changeorder.adapter.process;

import java.io.IOException;
import java.time.Instant;

/** Takes what threads without an application's lock have to tell; it is done under the lock soon after. */
@FunctionalInterface
interface Inbox {
    /** What is to be done under the lock. */
    @FunctionalInterface
    interface Task {
        Task LOOK = now -> {};

        void run(Instant now) throws IOException;
    }

    void tell(Task task);
}
