/** What a runtime of applications must do. */
@NullMarked
package io.changeorder.application.spi.runtime;

import org.jspecify.annotations.NullMarked;
