/** The operations of the wire: which method and path means which verb, and how its parameters become a command. */
@NullMarked
package io.changeorder.adapter.rest.operation;

import org.jspecify.annotations.NullMarked;
