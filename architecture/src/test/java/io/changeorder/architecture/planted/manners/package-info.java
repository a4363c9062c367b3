@NullMarked
package io.changeorder.architecture.planted.manners;

import org.jspecify.annotations.NullMarked;
