package io.changeorder.adapter.persistence;

import java.nio.file.Path;
import java.util.Optional;

/** Somebody else owns the data folder. */
public final class DataFolderInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path folder;
    private final transient Optional<FolderLock.Owner> owner;

    DataFolderInUseException(Path folder, Optional<FolderLock.Owner> owner) {
        super("The data folder " + folder + " belongs to "
                + owner.map(FolderLock.Owner::toString).orElse("a process that has not said yet which it is")
                + ". End that process first, or use another folder.");
        this.folder = folder;
        this.owner = owner;
    }

    public Path folder() {
        return folder;
    }

    /** Who it is, unless it has not said yet. */
    public Optional<FolderLock.Owner> owner() {
        return owner;
    }
}
