/** Where log lines go, and which. */
@NullMarked
package io.changeorder.bootstrap.logging;

import org.jspecify.annotations.NullMarked;
