/** The commands that run a server or switch one. */
@NullMarked
package io.changeorder.bootstrap.command.server;

import org.jspecify.annotations.NullMarked;
