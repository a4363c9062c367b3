/** An engine put together by Quarkus, when the host is built. */
@NullMarked
package io.changeorder.example.quarkus;

import org.jspecify.annotations.NullMarked;
