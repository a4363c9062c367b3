/** What is managed: applications, their snapshots, settings and compositions. */
@NullMarked
package io.changeorder.domain.app;

import org.jspecify.annotations.NullMarked;
