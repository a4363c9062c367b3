/** The store that many nodes share: PostgreSQL, or a database that speaks its protocol. */
@NullMarked
package io.changeorder.adapter.persistence.postgres;

import org.jspecify.annotations.NullMarked;
