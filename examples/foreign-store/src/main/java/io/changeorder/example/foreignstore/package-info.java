/** A store of one's own. */
@NullMarked
package io.changeorder.example.foreignstore;

import org.jspecify.annotations.NullMarked;
