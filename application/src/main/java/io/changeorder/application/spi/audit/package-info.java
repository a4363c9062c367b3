/** What was asked of the engine, by whom, from where, and what became of it. */
@NullMarked
package io.changeorder.application.spi.audit;

import org.jspecify.annotations.NullMarked;
