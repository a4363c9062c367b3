/** Lines that stay and lines that move. */
@NullMarked
package io.changeorder.bootstrap.terminal;

import org.jspecify.annotations.NullMarked;
