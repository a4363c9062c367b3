/** What the tests of the clients stand on: a server with real processes, the clients behind short names, a lossy network. */
@NullMarked
package io.changeorder.bootstrap.clients.kit;

import org.jspecify.annotations.NullMarked;
