/** The commands: load, decide, commit. */
@NullMarked
package io.changeorder.application.usecase.command;

import org.jspecify.annotations.NullMarked;
