/** A host's night shift: it settles a version, begins another and takes it back half-way, by verbs that it is handed. */
@NullMarked
package io.changeorder.example.nightshift;

import org.jspecify.annotations.NullMarked;
