package io.changeorder.adapter.access.policy.condition;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How a condition compares. The names are RAM's. */
public enum ConditionOperator {
    IP_ADDRESS("IpAddress", false),
    NOT_IP_ADDRESS("NotIpAddress", true),
    STRING_EQUALS("StringEquals", false),
    STRING_NOT_EQUALS("StringNotEquals", true),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true),
    STRING_LIKE("StringLike", false),
    STRING_NOT_LIKE("StringNotLike", true),
    BOOL("Bool", false),
    DATE_EQUALS("DateEquals", false),
    DATE_NOT_EQUALS("DateNotEquals", true),
    DATE_LESS_THAN("DateLessThan", false),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", false),
    DATE_GREATER_THAN("DateGreaterThan", false),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false);

    private final String ramName;
    private final boolean negative;

    ConditionOperator(String ramName, boolean negative) {
        this.ramName = ramName;
        this.negative = negative;
    }

    /** The operator of a name, which is spelt exactly so. */
    public static Optional<ConditionOperator> named(String name) {
        return Stream.of(values()).filter(each -> each.ramName.equals(name)).findFirst();
    }

    /** As policies name it. */
    public String ramName() {
        return ramName;
    }

    /** Whether it is met when none of its values fits, instead of when one does. */
    boolean isNegative() {
        return negative;
    }

    /** Whether a value of this key can be compared so: addresses, times and truths by their own operators, all as texts. */
    public boolean isFor(ConditionKey key) {
        return switch (this) {
            case IP_ADDRESS, NOT_IP_ADDRESS -> key == ConditionKey.SOURCE_IP;
            case STRING_EQUALS,
                    STRING_NOT_EQUALS,
                    STRING_EQUALS_IGNORE_CASE,
                    STRING_NOT_EQUALS_IGNORE_CASE,
                    STRING_LIKE,
                    STRING_NOT_LIKE -> true;
            case BOOL -> key == ConditionKey.SECURE_TRANSPORT;
            case DATE_EQUALS,
                    DATE_NOT_EQUALS,
                    DATE_LESS_THAN,
                    DATE_LESS_THAN_EQUALS,
                    DATE_GREATER_THAN,
                    DATE_GREATER_THAN_EQUALS -> key == ConditionKey.CURRENT_TIME;
        };
    }

    /**
     * Whether the key's value fits one value of a condition; of the negative operators, whether it is that value.
     *
     * @throws IllegalArgumentException when the value is none for this operator; the message goes on after its place
     */
    Predicate<Circumstances> fits(ConditionKey key, String value) {
        return switch (this) {
            case IP_ADDRESS, NOT_IP_ADDRESS -> {
                AddressRange range = AddressRange.parse(value);
                yield asked -> asked.sourceIp().map(range::contains).orElse(false);
            }
            case STRING_EQUALS, STRING_NOT_EQUALS -> text(key, exact(key, value)::equals);
            case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE ->
                text(key, exact(key, value)::equalsIgnoreCase);
            case STRING_LIKE, STRING_NOT_LIKE -> text(key, text -> Wildcards.match(value, text));
            case BOOL -> {
                boolean wanted = truth(value);
                yield asked -> asked.secureTransport() == wanted;
            }
            case DATE_EQUALS, DATE_NOT_EQUALS -> time(value, order -> order == 0);
            case DATE_LESS_THAN -> time(value, order -> order < 0);
            case DATE_LESS_THAN_EQUALS -> time(value, order -> order <= 0);
            case DATE_GREATER_THAN -> time(value, order -> order > 0);
            case DATE_GREATER_THAN_EQUALS -> time(value, order -> order >= 0);
        };
    }

    /** There are many ways to write an IPv6 address, and the one that is compared with is known here. */
    private static String exact(ConditionKey key, String value) {
        return key == ConditionKey.SOURCE_IP ? AddressRange.single(value) : value;
    }

    private static Predicate<Circumstances> text(ConditionKey key, Predicate<String> fits) {
        return asked -> key.textIn(asked).map(fits::test).orElse(false);
    }

    /** To the second, as policies tell times. */
    private static Predicate<Circumstances> time(String value, IntPredicate order) {
        Instant wanted = instant(value);
        return asked ->
                order.test(asked.currentTime().truncatedTo(ChronoUnit.SECONDS).compareTo(wanted));
    }

    private static Instant instant(String value) {
        try {
            return OffsetDateTime.parse(value).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    "must be a time with its offset, such as 2026-11-24T17:00:00+08:00 or 2026-11-24T09:00:00Z", wrong);
        }
    }

    private static boolean truth(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be \"true\" or \"false\"");
        };
    }
}
