/** What one instance runs: immutable, content-addressed revisions. */
@NullMarked
package io.changeorder.domain.revision;

import org.jspecify.annotations.NullMarked;
