package io.changeorder.bootstrap.command;

/** Where a server keeps everything unless told otherwise: one place per user, so that commands work in any directory. */
public final class DataFolder {
    public static final String DEFAULT = "${sys:user.home}/.changeorder";

    private DataFolder() {}
}
