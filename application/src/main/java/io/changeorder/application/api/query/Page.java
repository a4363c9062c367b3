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

    /**
     * How many rows come before a page; a page beyond what can be counted is as empty as the last that can.
     *
     * @param page from 1
     * @param pageSize 1 or more
     * @throws IllegalArgumentException for other pages
     */
    public static int offset(int page, int pageSize) {
        if (page < 1 || pageSize < 1) {
            throw new IllegalArgumentException("pages count from 1 and have 1 row or more: " + page + ", " + pageSize);
        }
        return (int) Math.min(Integer.MAX_VALUE, (page - 1L) * pageSize);
    }

    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(items.stream().map(mapping).toList(), total);
    }
}
