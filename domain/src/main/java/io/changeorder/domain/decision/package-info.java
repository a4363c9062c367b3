/** Commands and observations answered with decisions as values: what changes, what happened, what to do. */
@NullMarked
package io.changeorder.domain.decision;

import org.jspecify.annotations.NullMarked;
