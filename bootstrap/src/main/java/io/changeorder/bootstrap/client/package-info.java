/** A client of the wire: signs, sends, and tells refusals from outages. */
@NullMarked
package io.changeorder.bootstrap.client;

import org.jspecify.annotations.NullMarked;
