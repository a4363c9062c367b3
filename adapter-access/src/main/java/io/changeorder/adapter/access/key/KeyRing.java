package io.changeorder.adapter.access.key;

import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.access.AccessKey.SealedSecret;
import io.changeorder.domain.id.Actor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the secrets of access keys and opens them: AES-256-GCM with the key of a file, a random nonce for each, and with
 * it whose secret it is and for what, so that none can be put in the place of another. A sealed secret is
 * {@code v1:} and nonce, text and tag in Base64. Safe from any thread; tells nothing of what it has.
 */
public final class KeyRing {
    private static final String VERSION = "v1:";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MOST_SECRETS = 2;
    private static final Actor NOBODY = new Actor("nobody");

    private final Path file;
    private final SecretKeySpec key;
    private final SecureRandom random;
    private final SealedSecret nobodys;

    /** What a secret is for; a part of what it is sealed with. */
    enum Purpose {
        SIGNING,
        SECURITY_TOKEN
    }

    /**
     * The secrets of a key.
     *
     * @param signing the present one, and the one before it while that is good
     * @param securityToken where it has one
     */
    public record Opened(List<String> signing, Optional<String> securityToken) {
        public Opened {
            signing = List.copyOf(signing);
        }

        @Override
        public String toString() {
            return "Opened[...]";
        }
    }

    private KeyRing(Path file, byte[] bytes, SecureRandom random) {
        this.file = file;
        this.key = new SecretKeySpec(bytes, "AES");
        this.random = random;
        this.nobodys = seal(NOBODY, Purpose.SIGNING, "nobody's secret, which is as long as that of others");
    }

    /**
     * The ring of a key file that there is.
     *
     * @throws KeyFileException when there is none, it is damaged, or others than its owner may read or write it
     */
    public static KeyRing open(Path file) {
        byte[] bytes = KeyFile.read(file);
        try {
            return new KeyRing(file, bytes, new SecureRandom());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * The ring of a key file, which is made if there is none, for its owner alone. Only for a store without keys: those
     * of another file could not be opened any more.
     *
     * @throws KeyFileException as {@link #open}, and when it can't be made
     */
    public static KeyRing openOrMake(Path file) {
        if (!Files.exists(file)) {
            KeyFile.make(file, new SecureRandom());
        }
        return open(file);
    }

    SealedSecret seal(Actor owner, Purpose purpose, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] text =
                    cipher(Cipher.ENCRYPT_MODE, nonce, owner, purpose).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(nonce.length + text.length)
                    .put(nonce)
                    .put(text)
                    .array();
            return new SealedSecret(
                    VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(all));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java can't do " + CIPHER, impossible);
        }
    }

    /**
     * The secrets of a key that are good at this moment. It takes as long for one that has a single secret as for one
     * with two.
     *
     * @throws KeyFileException when they were sealed with another key file, or are damaged
     */
    public Opened open(AccessKey sealed, Instant moment) {
        List<String> signing = new ArrayList<>();
        signing.add(open(sealed.id(), Purpose.SIGNING, sealed.secret()));
        sealed.retiring()
                .filter(retiring -> moment.isBefore(retiring.until()))
                .ifPresentOrElse(
                        retiring -> signing.add(open(sealed.id(), Purpose.SIGNING, retiring.secret())),
                        () -> open(NOBODY, Purpose.SIGNING, nobodys));
        return new Opened(
                signing, sealed.securityToken().map(token -> open(sealed.id(), Purpose.SECURITY_TOKEN, token)));
    }

    /** Takes as long as it takes to open the secrets of a key, for one that does not exist. */
    public void openNothing() {
        for (int each = 0; each < MOST_SECRETS; each++) {
            open(NOBODY, Purpose.SIGNING, nobodys);
        }
    }

    private String open(Actor owner, Purpose purpose, SealedSecret sealed) {
        try {
            if (!sealed.text().startsWith(VERSION)) {
                throw new KeyFileException(
                        "The secret of the access key " + owner + " was sealed by a newer Changeorder. Use that one.");
            }
            byte[] all = Base64.getUrlDecoder().decode(sealed.text().substring(VERSION.length()));
            if (all.length < NONCE_BYTES) {
                throw notOpened(owner);
            }
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            byte[] secret = cipher(Cipher.DECRYPT_MODE, nonce, owner, purpose)
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return new String(secret, StandardCharsets.UTF_8);
        } catch (AEADBadTagException | IllegalArgumentException otherKeyOrDamaged) {
            throw notOpened(owner);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java can't do " + CIPHER, impossible);
        }
    }

    private KeyFileException notOpened(Actor owner) {
        return new KeyFileException("The key file " + file + " does not open the secret of the access key " + owner
                + ": it is not the file that it was sealed with, or the database is damaged. Nothing was changed. Name"
                + " the right file with --key-file, or restore it; if it is lost, delete the key and create another.");
    }

    private Cipher cipher(int mode, byte[] nonce, Actor owner, Purpose purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((VERSION + purpose + ":" + owner.name()).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "KeyRing[" + file + "]";
    }
}
