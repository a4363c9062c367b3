/** The wire: parameters, envelopes, error table and signatures. */
@NullMarked
package io.changeorder.adapter.rest;

import org.jspecify.annotations.NullMarked;
