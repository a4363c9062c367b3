/** Who may do what, by a file. */
@NullMarked
package io.changeorder.bootstrap.policy;

import org.jspecify.annotations.NullMarked;
