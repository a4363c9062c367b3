/** What makes it run: the one who drives live orders, its threads, and the engine that an embedding host builds. */
@NullMarked
package io.changeorder.application.engine;

import org.jspecify.annotations.NullMarked;
