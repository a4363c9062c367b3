/** What every call has in common: who asks, what is permitted, and the outcome. */
@NullMarked
package io.changeorder.application.api;

import org.jspecify.annotations.NullMarked;
