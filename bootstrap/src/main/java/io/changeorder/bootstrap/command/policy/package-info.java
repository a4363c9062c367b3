/** The commands about policies: what they say, and what they would answer. */
@NullMarked
package io.changeorder.bootstrap.command.policy;

import org.jspecify.annotations.NullMarked;
