package io.changeorder.adapter.access.policy.condition;

import com.google.common.net.InetAddresses;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** What a condition can be about. The names are RAM's. */
public enum ConditionKey {
    SOURCE_IP("acs:SourceIp"),
    CURRENT_TIME("acs:CurrentTime"),
    SECURE_TRANSPORT("acs:SecureTransport");

    private final String ramName;

    ConditionKey(String ramName) {
        this.ramName = ramName;
    }

    /** The key of a name, which is spelt exactly so. */
    public static Optional<ConditionKey> named(String name) {
        return Stream.of(values()).filter(key -> key.ramName.equals(name)).findFirst();
    }

    /** As policies name it. */
    public String ramName() {
        return ramName;
    }

    /**
     * Its value as a text: an address (IPv6 as in RFC 5952), a time such as {@code 2026-11-24T17:00:00Z}, {@code true}
     * or {@code false}; empty when it is not known.
     */
    public Optional<String> textIn(Circumstances circumstances) {
        return switch (this) {
            case SOURCE_IP -> circumstances.sourceIp().map(AddressRange::plain).map(InetAddresses::toAddrString);
            case CURRENT_TIME ->
                Optional.of(circumstances
                        .currentTime()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
            case SECURE_TRANSPORT -> Optional.of(Boolean.toString(circumstances.secureTransport()));
        };
    }
}
