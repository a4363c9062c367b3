package io.changeorder.adapter.persistence.postgres;

import io.changeorder.application.spi.store.ChangeOrderStore.Watcher;
import io.changeorder.domain.id.ApplicationId;

/** What stores tell each other: who tells, a colon, and the applications with commas between, or a star for everything. */
final class Message {
    static final char FIRST = ':';
    static final char NEXT = ',';
    private static final String EVERYTHING = "*";

    private Message() {}

    static String everything(String self) {
        return self + FIRST + EVERYTHING;
    }

    /** What cannot be read is taken for everything: another version may have sent it. */
    static void tell(String message, String self, Watcher watcher) {
        int first = message.indexOf(FIRST);
        String what = message.substring(first + 1);
        if (first >= 0 && message.substring(0, first).equals(self)) {
            return;
        }
        if (first < 0 || what.isEmpty() || what.equals(EVERYTHING)) {
            watcher.changed();
            return;
        }
        for (String application : what.split(String.valueOf(NEXT), -1)) {
            watcher.committed(new ApplicationId(application));
        }
    }
}
