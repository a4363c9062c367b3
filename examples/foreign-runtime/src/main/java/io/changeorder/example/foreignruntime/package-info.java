/** A runtime of one's own over a pool of threads that was there before. */
@NullMarked
package io.changeorder.example.foreignruntime;

import org.jspecify.annotations.NullMarked;
