/** Laws of the architecture, as ArchUnit rules that a host can apply to itself. */
@NullMarked
package io.changeorder.architecture;

import org.jspecify.annotations.NullMarked;
