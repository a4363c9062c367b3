/** The commands about applications. */
@NullMarked
package io.changeorder.bootstrap.command.app;

import org.jspecify.annotations.NullMarked;
