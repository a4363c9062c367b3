/** The in-ports that change something: one interface a verb. */
@NullMarked
package io.changeorder.application.api.command;

import org.jspecify.annotations.NullMarked;
