/** An engine put together by Micronaut, at compile time. */
@NullMarked
package io.changeorder.example.micronaut;

import org.jspecify.annotations.NullMarked;
