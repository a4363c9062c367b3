/** Policies of RAM's shape: what the holder of an access key may do. */
@NullMarked
package io.changeorder.adapter.access.policy;

import org.jspecify.annotations.NullMarked;
