/**
 * Whatever a stranger sends is understood or refused. The corpus under {@code src/test/resources} is replayed by every
 * build; {@code -Pfuzz} searches for more.
 */
package io.changeorder.adapter.rest.fuzz;
