package io.changeorder.adapter.rest.parameter;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names and values of a query or a form, for signatures: read exactly as {@link ParameterDecoder} reads them. */
public final class QueryPairs {
    static final Splitter PAIRS = Splitter.on('&').omitEmptyStrings();

    private QueryPairs() {}

    /** In the order that they were sent; empty when an encoding is broken. */
    public static Optional<List<Map.Entry<String, String>>> of(String encoded) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String pair : PAIRS.split(encoded)) {
            Optional<String> name = PercentEncoding.decode(nameOf(pair));
            Optional<String> value = PercentEncoding.decode(valueOf(pair));
            if (name.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            pairs.add(Map.entry(name.get(), value.get()));
        }
        return Optional.of(pairs);
    }

    static String nameOf(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? pair : pair.substring(0, equals);
    }

    static String valueOf(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? "" : pair.substring(equals + 1);
    }
}
