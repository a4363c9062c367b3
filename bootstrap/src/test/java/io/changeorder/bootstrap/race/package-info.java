/** Several callers and the engine itself at once, over real HTTP and real SQLite, many thousand times. */
@NullMarked
package io.changeorder.bootstrap.race;

import org.jspecify.annotations.NullMarked;
