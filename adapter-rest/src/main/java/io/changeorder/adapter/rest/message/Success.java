package io.changeorder.adapter.rest.message;

/**
 * The answer to an accepted call.
 *
 * @param data holds the one field {@code Data}
 */
record Success(Fields data) implements Answer {}
