/** The commands that make access keys and see to them, in the database itself. */
@NullMarked
package io.changeorder.bootstrap.command.key;

import org.jspecify.annotations.NullMarked;
