/** Proof that the world is what it should be, by looking at the processes themselves. */
@NullMarked
package io.changeorder.adapter.process.proof;

import org.jspecify.annotations.NullMarked;
