/** An engine put together by Guice. */
@NullMarked
package io.changeorder.example.guice;

import org.jspecify.annotations.NullMarked;
