/** The commands about change orders. */
@NullMarked
package io.changeorder.bootstrap.command.order;

import org.jspecify.annotations.NullMarked;
