package io.changeorder.application.simulation.stage;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Everything that changed anything, line by line, and every law that was broken. */
public final class Trace {
    private static final int MOST_BREACHES = 10;

    private final Supplier<String> time;
    private final List<String> lines = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();
    private boolean closed;
    private final Hasher digest = Hashing.sha256().newHasher();

    public Trace(Supplier<String> time) {
        this.time = time;
    }

    public void note(String what) {
        if (!closed) {
            String line = time.get() + " " + what;
            lines.add(line);
            digest.putString(line, StandardCharsets.UTF_8).putByte((byte) '\n');
        }
    }

    /** A law was broken unless this holds. */
    public void require(boolean holds, Supplier<String> otherwise) {
        if (!holds && !closed && breaches.size() < MOST_BREACHES) {
            note("BREACH " + otherwise.get());
            breaches.add(otherwise.get());
        }
    }

    public boolean isClean() {
        return breaches.isEmpty();
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** Of all lines, and of how often chance was asked. What is noted after it is no part of the run. Used once. */
    public String close(long draws) {
        closed = true;
        return digest.putLong(draws).hash().toString();
    }
}
