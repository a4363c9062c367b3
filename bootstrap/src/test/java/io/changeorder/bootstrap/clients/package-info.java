/** The vendor's own Java clients, unchanged, against a real server: SQLite, processes of this machine, HTTP on loopback. */
@NullMarked
package io.changeorder.bootstrap.clients;

import org.jspecify.annotations.NullMarked;
