/** How orders, batches, applications and refusals look on the wire: its numbers, names, times and prose. */
@NullMarked
package io.changeorder.adapter.rest.view;

import org.jspecify.annotations.NullMarked;
