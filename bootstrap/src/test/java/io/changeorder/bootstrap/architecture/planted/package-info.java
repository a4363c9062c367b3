/** Breaches of the laws, to see that they are found. */
@NullMarked
package io.changeorder.bootstrap.architecture.planted;

import org.jspecify.annotations.NullMarked;
