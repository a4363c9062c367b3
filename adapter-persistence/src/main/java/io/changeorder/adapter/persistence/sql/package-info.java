/** What the SQL stores have in common. */
@NullMarked
package io.changeorder.adapter.persistence.sql;

import org.jspecify.annotations.NullMarked;
