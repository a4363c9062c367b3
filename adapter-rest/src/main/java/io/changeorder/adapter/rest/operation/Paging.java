package io.changeorder.adapter.rest.operation;

import io.changeorder.adapter.rest.message.Fields;
import io.changeorder.adapter.rest.parameter.Parameters;
import java.util.List;

/**
 * CurrentPage and PageSize.
 *
 * @param page from 1
 * @param size rows of a page
 */
record Paging(int page, int size) {
    private static final int DEFAULT_SIZE = 20;
    private static final int MAX_SIZE = 1000;
    private static final int MAX_PAGE = 1_000_000;

    static Paging of(Parameters parameters) {
        return new Paging(
                parameters.number("CurrentPage", 1, MAX_PAGE).orElse(1),
                parameters.number("PageSize", 1, MAX_SIZE).orElse(DEFAULT_SIZE));
    }

    /** One page as Data. */
    Fields data(String name, List<Fields> rows, int total) {
        return new Fields()
                .put("CurrentPage", page)
                .put("PageSize", size)
                .put("TotalSize", total)
                .put(name, rows);
    }

    /** The rows of this page. */
    <T> List<T> of(List<T> all) {
        return all.stream().skip((long) (page - 1) * size).limit(size).toList();
    }
}
