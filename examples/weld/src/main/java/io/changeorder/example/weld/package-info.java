/** An engine put together by CDI. */
@NullMarked
package io.changeorder.example.weld;

import org.jspecify.annotations.NullMarked;
