/** The queries. */
@NullMarked
package io.changeorder.application.usecase.query;

import org.jspecify.annotations.NullMarked;
