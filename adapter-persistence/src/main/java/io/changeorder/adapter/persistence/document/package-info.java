/**
 * The JSON documents in which the domain's objects are stored, each with the number of its format. Also
 * for stores that are not of this project: the package is part of what this artifact promises.
 */
@NullMarked
package io.changeorder.adapter.persistence.document;

import org.jspecify.annotations.NullMarked;
