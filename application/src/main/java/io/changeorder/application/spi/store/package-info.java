/** What a store of change orders must do. */
@NullMarked
package io.changeorder.application.spi.store;

import org.jspecify.annotations.NullMarked;
