/** Stores behind the application's ports, in SQL. */
@NullMarked
package io.changeorder.adapter.persistence;

import org.jspecify.annotations.NullMarked;
