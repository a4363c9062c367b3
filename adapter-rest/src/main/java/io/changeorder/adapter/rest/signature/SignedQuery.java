package io.changeorder.adapter.rest.signature;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A query in the order in which it is signed. */
final class SignedQuery {
    private static final Comparator<Map.Entry<String, String>> BY_NAME =
            Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry.comparingByValue());

    private SignedQuery() {}

    /** With an equals sign after every name, and without it after names that have no value, if there are such. */
    static List<String> of(List<Map.Entry<String, String>> pairs) {
        List<Map.Entry<String, String>> sorted = pairs.stream().sorted(BY_NAME).toList();
        return Stream.of(joined(sorted, "="), joined(sorted, "")).distinct().toList();
    }

    private static String joined(List<Map.Entry<String, String>> pairs, String ofNothing) {
        return pairs.stream()
                .map(pair -> pair.getKey() + (pair.getValue().isEmpty() ? ofNothing : "=" + pair.getValue()))
                .collect(Collectors.joining("&"));
    }
}
