/** An engine put together by Dagger, at compile time. */
@NullMarked
package io.changeorder.example.dagger;

import org.jspecify.annotations.NullMarked;
