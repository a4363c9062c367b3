/** What a revision becomes as a process: whether it can be run here, and how it is started. */
@NullMarked
package io.changeorder.adapter.process.launch;

import org.jspecify.annotations.NullMarked;
