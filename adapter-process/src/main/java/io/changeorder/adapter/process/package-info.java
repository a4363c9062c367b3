/** Runs applications as local operating-system processes. */
@NullMarked
package io.changeorder.adapter.process;

import org.jspecify.annotations.NullMarked;
