/** What the conditions of a policy compare: texts, addresses, times. */
@NullMarked
package io.changeorder.adapter.access.policy.condition;

import org.jspecify.annotations.NullMarked;
