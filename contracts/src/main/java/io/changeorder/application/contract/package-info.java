/** What every adapter of a port must pass: its own test is a subclass of a few lines. */
@NullMarked
package io.changeorder.application.contract;

import org.jspecify.annotations.NullMarked;
