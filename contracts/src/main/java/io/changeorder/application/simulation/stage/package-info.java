/** Virtual time: one thing after the other, chance from a seed, and the trace of it. */
@NullMarked
package io.changeorder.application.simulation.stage;

import org.jspecify.annotations.NullMarked;
