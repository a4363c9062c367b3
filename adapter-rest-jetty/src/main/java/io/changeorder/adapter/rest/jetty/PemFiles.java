package io.changeorder.adapter.rest.jetty;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate with its chain, the server's own first, and its private key, in PEM. Keys are PKCS#8 ({@code BEGIN PRIVATE
 * KEY}) of RSA, EC or Ed25519, and without a password.
 */
record PemFiles(Path certificate, Path key) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final char[] NO_PASSWORD = {};
    private static final byte[] PROBE = {1, 2, 3};

    /** What tells one state of the files from another. */
    HashCode fingerprint() throws IOException {
        return Hashing.sha256()
                .newHasher()
                .putBytes(Files.readAllBytes(certificate))
                .putBytes(Files.readAllBytes(key))
                .hash();
    }

    /**
     * Reads both.
     *
     * @throws IOException when they can't be read, or do not belong together; the message says which and what to do
     */
    KeyStore read() throws IOException {
        try {
            List<Certificate> chain = chain();
            PrivateKey secret = secret(chain.get(0).getPublicKey().getAlgorithm());
            requireMatch(chain.get(0), secret);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("server", secret, NO_PASSWORD, chain.toArray(new Certificate[0]));
            return store;
        } catch (GeneralSecurityException unusable) {
            throw new IOException(certificate + " and " + key + " can't be used: " + unusable.getMessage(), unusable);
        }
    }

    private List<Certificate> chain() throws IOException, GeneralSecurityException {
        List<Certificate> chain = List.copyOf(CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificate))));
        if (chain.isEmpty()) {
            throw new IOException(certificate + " has no certificate in it; it has to be PEM");
        }
        return chain;
    }

    private PrivateKey secret(String algorithm) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(key, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IOException(key + " has no private key of PKCS#8 without a password in it. Convert it: openssl"
                    + " pkcs8 -topk8 -nocrypt -in KEY -out NEW_KEY");
        }
        byte[] encoded = decoded(pem.group(1));
        for (String each : ALGORITHMS) {
            if (each.equals(algorithm) || (each.equals("Ed25519") && algorithm.equals("EdDSA"))) {
                return KeyFactory.getInstance(each).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            }
        }
        throw new IOException(certificate + " is for a key of " + algorithm + "; RSA, EC and Ed25519 can be used");
    }

    private byte[] decoded(String base64) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw new IOException(key + " is broken: " + broken.getMessage(), broken);
        }
    }

    private void requireMatch(Certificate own, PrivateKey secret) throws IOException, GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (secret.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "Ed25519";
                });
        signature.initSign(secret);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(own.getPublicKey());
        signature.update(PROBE);
        if (!signature.verify(signed)) {
            throw new IOException(key + " is not the key of the certificate in " + certificate);
        }
    }
}
