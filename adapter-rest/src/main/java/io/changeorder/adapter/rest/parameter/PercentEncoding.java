package io.changeorder.adapter.rest.parameter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The encoding of queries and forms, read strictly: {@code +} and {@code %20} are both a blank. */
final class PercentEncoding {
    private static final int HEX = 16;

    private PercentEncoding() {}

    /** The text that was meant; empty when the encoding is broken or what comes out is not UTF-8. */
    static Optional<String> decode(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return Optional.of(encoded.replace('+', ' '));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        int at = 0;
        while (at < encoded.length()) {
            int next = encoded.codePointAt(at);
            if (next == '%') {
                int octet = octet(encoded, at + 1);
                if (octet < 0) {
                    return Optional.empty();
                }
                bytes.write(octet);
                at += 3;
            } else {
                bytes.writeBytes((next == '+' ? " " : Character.toString(next)).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(next);
            }
        }
        return strictUtf8(bytes.toByteArray());
    }

    private static int octet(String encoded, int at) {
        if (at + 1 >= encoded.length()) {
            return -1;
        }
        int high = Character.digit(encoded.charAt(at), HEX);
        int low = Character.digit(encoded.charAt(at + 1), HEX);
        return high < 0 || low < 0 ? -1 : high * HEX + low;
    }

    private static Optional<String> strictUtf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
