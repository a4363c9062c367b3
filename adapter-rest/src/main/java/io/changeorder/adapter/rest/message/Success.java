package io.changeorder.adapter.rest.message;

/**
 * The answer to an accepted call.
 *
 * @param data holds the one field {@code Data}
 */
public record Success(Fields data) implements Answer {}
