package io.changeorder.application.usecase;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/** Tells one command from another under the same client token. */
final class Fingerprint {
    private Fingerprint() {}

    static String digest(String parameters) {
        return Hashing.sha256().hashString(parameters, StandardCharsets.UTF_8).toString();
    }
}
