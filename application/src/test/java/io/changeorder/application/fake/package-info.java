/** Adapters in memory, for tests. */
@NullMarked
package io.changeorder.application.fake;

import org.jspecify.annotations.NullMarked;
