/** The access keys of a running server: who is believed, and who may do what. */
@NullMarked
package io.changeorder.bootstrap.access;

import org.jspecify.annotations.NullMarked;
