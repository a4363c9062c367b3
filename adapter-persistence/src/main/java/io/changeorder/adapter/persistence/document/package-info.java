/** The JSON documents in which the domain's objects are stored, each with the number of its format. */
@NullMarked
package io.changeorder.adapter.persistence.document;

import org.jspecify.annotations.NullMarked;
