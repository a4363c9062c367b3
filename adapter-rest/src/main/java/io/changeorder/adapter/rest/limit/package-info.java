/** How much a caller may ask for. */
@NullMarked
package io.changeorder.adapter.rest.limit;

import org.jspecify.annotations.NullMarked;
