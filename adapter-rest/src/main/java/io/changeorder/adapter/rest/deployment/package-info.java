/** What the parameters of a deployment mean: revisions, settings, strategies, limits and probes. */
@NullMarked
package io.changeorder.adapter.rest.deployment;

import org.jspecify.annotations.NullMarked;
