/** What every adapter of an out-port is tested against. */
@NullMarked
package io.changeorder.application.contract;

import org.jspecify.annotations.NullMarked;
