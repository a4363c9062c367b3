/** The commands about what runs of an application. */
@NullMarked
package io.changeorder.bootstrap.command.running;

import org.jspecify.annotations.NullMarked;
