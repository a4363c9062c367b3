/** What the engine needs from outside: permissions, listeners, figures and ids; stores, keys and runtimes beside it. */
@NullMarked
package io.changeorder.application.spi;

import org.jspecify.annotations.NullMarked;
