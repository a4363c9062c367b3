package io.changeorder.adapter.rest.message;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Locale;

/** How an answer is written. */
public enum Format {
    JSON("application/json;charset=utf-8"),
    XML("application/xml;charset=utf-8");

    private static final Splitter RANGES = Splitter.on(',').trimResults().omitEmptyStrings();
    private static final Splitter PARTS = Splitter.on(';').trimResults();

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** XML only for a caller who names it before JSON; what can't be read is JSON, since every caller reads that. */
    static Format preferred(List<String> acceptHeaders) {
        double xml = 0;
        double json = 0;
        double any = 0;
        for (String header : acceptHeaders) {
            for (String range : RANGES.split(header)) {
                List<String> parts = PARTS.splitToList(range.toLowerCase(Locale.ROOT));
                double weight = weight(parts);
                switch (parts.get(0)) {
                    case "application/xml", "text/xml" -> xml = Math.max(xml, weight);
                    case "application/json" -> json = Math.max(json, weight);
                    case "application/*", "*/*" -> any = Math.max(any, weight);
                    default -> {}
                }
            }
        }
        return xml > json && xml >= any ? XML : JSON;
    }

    private static double weight(List<String> parts) {
        return parts.stream()
                .filter(part -> part.startsWith("q="))
                .mapToDouble(part -> number(part.substring(2)))
                .findFirst()
                .orElse(1);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
