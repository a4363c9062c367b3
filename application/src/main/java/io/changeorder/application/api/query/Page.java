package io.changeorder.application.api.query;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a longer list.
 *
 * @param items the rows of this page, in order
 * @param total how many rows there are on all pages
 */
public record Page<T>(List<T> items, int total) {
    public Page {
        items = List.copyOf(items);
    }

    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(items.stream().map(mapping).toList(), total);
    }
}
