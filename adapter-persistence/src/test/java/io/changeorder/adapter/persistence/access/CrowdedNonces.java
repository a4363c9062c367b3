package io.changeorder.adapter.persistence.access;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Nonces that all have one slot, so that a key's room for them is used up by a few hundred. */
public final class CrowdedNonces {
    public static final int ROOM = 240;
    private static final int SLOTS = 4096;
    private static final List<String> NONCES = IntStream.iterate(0, number -> number + 1)
            .mapToObj(number -> "nonce-" + number)
            .filter(nonce ->
                    Hashing.sha256().hashString(nonce, StandardCharsets.UTF_8).asInt() % SLOTS == 0)
            .limit(ROOM + 1L)
            .toList();

    private CrowdedNonces() {}

    public static String get(int number) {
        return NONCES.get(number);
    }
}
