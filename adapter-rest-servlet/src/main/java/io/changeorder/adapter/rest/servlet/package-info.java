/** The wire inside of a host: a Jakarta servlet. */
@NullMarked
package io.changeorder.adapter.rest.servlet;

import org.jspecify.annotations.NullMarked;
