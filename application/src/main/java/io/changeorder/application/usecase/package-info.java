/** What the use cases have in common. */
@NullMarked
package io.changeorder.application.usecase;

import org.jspecify.annotations.NullMarked;
