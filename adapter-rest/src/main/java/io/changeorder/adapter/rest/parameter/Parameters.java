package io.changeorder.adapter.rest.parameter;

import com.google.common.base.Utf8;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.primitives.Ints;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The parameters of one request, wherever in it they travelled. A parameter that is there but empty counts as absent,
 * except for {@link #sent}. Immutable.
 */
public final class Parameters {
    /** Most parameters of one request. */
    public static final int MAX_COUNT = 200;

    /** Most bytes of one value in UTF-8. */
    public static final int MAX_BYTES = 64 * 1024;

    /** Not part of what a command means. */
    public static final String CLIENT_TOKEN = "ClientToken";

    private static final int MAX_NAME = 64;

    private final ImmutableSortedMap<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = ImmutableSortedMap.copyOf(values);
    }

    /** The value as it was sent, even if empty. */
    public Optional<String> sent(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The value, if it is there and not empty. */
    public Optional<String> text(String name) {
        return sent(name).filter(value -> !value.isEmpty());
    }

    public String requiredText(String name) {
        return text(name).orElseThrow(() -> new RejectedRequest(Failure.missing(name)));
    }

    /** {@code true} or {@code false}, in any case of letters. */
    public Optional<Boolean> bool(String name) {
        return text(name).map(value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new RejectedRequest(Failure.invalid(name));
        });
    }

    public boolean requiredBool(String name) {
        requiredText(name);
        return bool(name).orElseThrow();
    }

    /** A whole decimal number within these bounds, both included. */
    public OptionalInt number(String name, int least, int most) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        Integer number = Ints.tryParse(value.get());
        if (number == null || number < least || number > most) {
            throw new RejectedRequest(Failure.invalid(name));
        }
        return OptionalInt.of(number);
    }

    /** All of them but the client token in one text: equal exactly when they are equal. */
    public String fingerprint() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> {
            if (!name.equals(CLIENT_TOKEN)) {
                text.append(name.length()).append(':').append(name);
                text.append(value.length()).append(':').append(value);
            }
        });
        return text.toString();
    }

    /** Whether it can be stored and handed on: no half of a surrogate pair and no NUL. */
    static boolean isStorable(String value) {
        return value.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }

    /** Collects parameters and refuses what no operation could use. */
    static final class Collector {
        private final Map<String, String> values = new TreeMap<>();

        void add(String name, String value) {
            if (name.isEmpty() || !isText(name) || !isText(value) || values.putIfAbsent(name, value) != null) {
                throw new RejectedRequest(Failure.invalid(shown(name)));
            }
            if (values.size() > MAX_COUNT) {
                throw new RejectedRequest(Failure.unusable("request", "it has more than " + MAX_COUNT + " parameters"));
            }
        }

        Parameters collected() {
            return new Parameters(values);
        }

        private static boolean isText(String value) {
            return value.length() <= MAX_BYTES && isStorable(value) && Utf8.encodedLength(value) <= MAX_BYTES;
        }

        static String shown(String name) {
            return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "...";
        }
    }
}
