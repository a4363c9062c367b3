/** The main job on real processes, shown and checked step by step. */
@NullMarked
package io.changeorder.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
