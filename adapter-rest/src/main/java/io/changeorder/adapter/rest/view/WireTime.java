package io.changeorder.adapter.rest.view;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How times are written: those of orders for people, all others as epoch milliseconds. Safe from any thread. */
public final class WireTime {
    private final DateTimeFormatter format;

    /** Orders' times are told in this zone. */
    public WireTime(ZoneId zone) {
        format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    String ofOrder(Instant at) {
        return format.format(at);
    }

    static String millisText(Instant at) {
        return Long.toString(at.toEpochMilli());
    }
}
