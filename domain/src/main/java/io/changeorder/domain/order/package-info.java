/** Change orders: their statuses, batches, and the one table of transitions. */
@NullMarked
package io.changeorder.domain.order;

import org.jspecify.annotations.NullMarked;
