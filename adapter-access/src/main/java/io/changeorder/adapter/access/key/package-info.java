/** Access keys: how their secrets are made, sealed and opened, and what becomes of a key. */
@NullMarked
package io.changeorder.adapter.access.key;

import org.jspecify.annotations.NullMarked;
