/** The operating system as the process runtime sees it: processes, sessions, ports, probes. */
@NullMarked
package io.changeorder.adapter.process.os;

import org.jspecify.annotations.NullMarked;
