/** An engine put together by Spring Boot 3. */
@NullMarked
package io.changeorder.example.springboot3;

import org.jspecify.annotations.NullMarked;
