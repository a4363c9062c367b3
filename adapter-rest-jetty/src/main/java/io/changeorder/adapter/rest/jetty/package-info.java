/** The wire on a server of its own: Jetty core. */
@NullMarked
package io.changeorder.adapter.rest.jetty;

import org.jspecify.annotations.NullMarked;
