/** Who sends a request: the one thing that a host may decide in place of the wire. */
@NullMarked
package io.changeorder.adapter.rest.authentication;

import org.jspecify.annotations.NullMarked;
