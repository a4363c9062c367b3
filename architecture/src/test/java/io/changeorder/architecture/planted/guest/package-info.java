/** Breaches of the laws, to see that they are found. */
@NullMarked
package io.changeorder.architecture.planted.guest;

import org.jspecify.annotations.NullMarked;
