/**
 * A deterministic simulator: the real engine, commands, runner and driver, on several nodes and in virtual time, among
 * faults that a seed chooses. Begin at {@link io.changeorder.application.simulation.Simulation}.
 */
@NullMarked
package io.changeorder.application.simulation;

import org.jspecify.annotations.NullMarked;
