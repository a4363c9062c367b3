/** Several real nodes over one real PostgreSQL, and what befalls them. */
@NullMarked
package io.changeorder.bootstrap.nodes;

import org.jspecify.annotations.NullMarked;
