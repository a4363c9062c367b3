/** The contracts on trial: the fakes keep them, and what does nothing or does it wrong breaks them. */
@NullMarked
package io.changeorder.application.contract.trial;

import org.jspecify.annotations.NullMarked;
