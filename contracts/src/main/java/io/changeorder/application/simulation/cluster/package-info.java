/** The nodes of a simulation, what comes between them and their store and runtime, and who watches over the laws. */
@NullMarked
package io.changeorder.application.simulation.cluster;

import org.jspecify.annotations.NullMarked;
