/** Follows a change order to its end, and shows it. */
@NullMarked
package io.changeorder.bootstrap.watch;

import org.jspecify.annotations.NullMarked;
