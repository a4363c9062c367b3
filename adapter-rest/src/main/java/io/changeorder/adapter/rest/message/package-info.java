/** What goes over the wire, without a server: requests, answers, the table of errors, JSON and XML. */
@NullMarked
package io.changeorder.adapter.rest.message;

import org.jspecify.annotations.NullMarked;
