/** An engine put together by Spring Boot 4. */
@NullMarked
package io.changeorder.example.springboot4;

import org.jspecify.annotations.NullMarked;
