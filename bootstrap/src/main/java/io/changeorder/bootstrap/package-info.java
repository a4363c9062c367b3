/** Composition root and command line. */
@NullMarked
package io.changeorder.bootstrap;

import org.jspecify.annotations.NullMarked;
