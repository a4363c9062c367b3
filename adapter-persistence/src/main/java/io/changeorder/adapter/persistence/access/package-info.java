/** Access keys and nonces behind SQL, the same for every database. */
@NullMarked
package io.changeorder.adapter.persistence.access;

import org.jspecify.annotations.NullMarked;
