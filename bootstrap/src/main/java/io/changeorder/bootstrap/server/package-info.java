/** Puts a server together by hand, and takes it apart again. */
@NullMarked
package io.changeorder.bootstrap.server;

import org.jspecify.annotations.NullMarked;
