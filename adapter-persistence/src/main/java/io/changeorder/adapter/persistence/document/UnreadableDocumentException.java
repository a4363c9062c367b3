package io.changeorder.adapter.persistence.document;

/** A stored document is damaged, or was written in a format that this program does not know. */
public final class UnreadableDocumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean newer;

    UnreadableDocumentException(String message, boolean newer) {
        super(message);
        this.newer = newer;
    }

    UnreadableDocumentException(String message, Throwable cause) {
        super(message, cause);
        this.newer = false;
    }

    /** Whether a newer program wrote it: then nothing is wrong with it, and it is only not for this one. */
    public boolean isNewer() {
        return newer;
    }
}
