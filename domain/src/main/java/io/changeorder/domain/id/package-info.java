/** Typed identifiers of everything that can be named. */
@NullMarked
package io.changeorder.domain.id;

import org.jspecify.annotations.NullMarked;
