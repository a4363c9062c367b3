/** What the commands have in common. */
@NullMarked
package io.changeorder.bootstrap.command;

import org.jspecify.annotations.NullMarked;
