/** Adapters in memory that pass the contracts of the real ones, and sources of time and identities for tests. */
@NullMarked
package io.changeorder.application.fake;

import org.jspecify.annotations.NullMarked;
