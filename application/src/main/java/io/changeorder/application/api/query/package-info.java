/** The in-ports that tell something: one interface a verb, and what they give. */
@NullMarked
package io.changeorder.application.api.query;

import org.jspecify.annotations.NullMarked;
