/** The engine as a host embeds it. */
@NullMarked
package io.changeorder.application;

import org.jspecify.annotations.NullMarked;
