/** What the process runtime keeps on disk, and in which form. */
@NullMarked
package io.changeorder.adapter.process.files;

import org.jspecify.annotations.NullMarked;
