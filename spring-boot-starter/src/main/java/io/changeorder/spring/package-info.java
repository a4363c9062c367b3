/** Puts an engine together in a Spring Boot application, 3 or 4. */
@NullMarked
package io.changeorder.spring;

import org.jspecify.annotations.NullMarked;
