/** How requests are signed: what a signature says, what it covers, and how it is calculated. Pure; it decides nothing. */
@NullMarked
package io.changeorder.adapter.rest.signature;

import org.jspecify.annotations.NullMarked;
