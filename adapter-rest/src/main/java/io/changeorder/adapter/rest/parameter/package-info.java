/** Reads the parameters of a request: what was sent, decoded and typed, or a clear refusal. */
@NullMarked
package io.changeorder.adapter.rest.parameter;

import org.jspecify.annotations.NullMarked;
