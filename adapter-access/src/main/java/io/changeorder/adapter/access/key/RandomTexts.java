package io.changeorder.adapter.access.key;

import java.security.SecureRandom;

/** Letters and digits that nobody can guess. */
final class RandomTexts {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String ID_PREFIX = "CO";
    private static final int ID_LETTERS = 20;
    /** As many possibilities as 32 bytes have. */
    private static final int SECRET_LETTERS = 43;

    private final SecureRandom random = new SecureRandom();

    String id() {
        return ID_PREFIX + letters(BASE32, ID_LETTERS);
    }

    /** Without anything that a shell, a URL or an option parser takes for its own. */
    String secret() {
        return letters(BASE62, SECRET_LETTERS);
    }

    private String letters(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int each = 0; each < length; each++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
