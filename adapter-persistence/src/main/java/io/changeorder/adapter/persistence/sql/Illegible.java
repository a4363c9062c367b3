package io.changeorder.adapter.persistence.sql;

import io.changeorder.adapter.persistence.document.UnreadableDocumentException;
import io.changeorder.application.spi.store.StoreUnavailableException;

/** What whoever asks for what can't be read is told. */
final class Illegible {
    private static final String NEWER =
            "A newer Changeorder wrote what is stored; nothing was changed. Replace this node by a newer one.";
    private static final String UNKNOWN =
            "What is stored can't be read: it is damaged, or a newer Changeorder wrote it."
                    + " Restore a backup, or use that Changeorder.";

    private Illegible() {}

    static StoreUnavailableException unavailable(UnreadableDocumentException unreadable) {
        return unreadable.isNewer()
                ? new StoreUnavailableException(NEWER, NEWER, unreadable)
                : new StoreUnavailableException(UNKNOWN, unreadable);
    }

    /** The constant that a column names. */
    static <E extends Enum<E>> E constant(Class<E> type, String name) {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException unknown) {
            throw new StoreUnavailableException(UNKNOWN, unknown);
        }
    }
}
