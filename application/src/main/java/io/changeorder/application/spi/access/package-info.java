/** What a store of access keys must do. */
@NullMarked
package io.changeorder.application.spi.access;

import org.jspecify.annotations.NullMarked;
