/** The pure functions that cut a change into batches and walk a composition towards its target. */
@NullMarked
package io.changeorder.domain.plan;

import org.jspecify.annotations.NullMarked;
