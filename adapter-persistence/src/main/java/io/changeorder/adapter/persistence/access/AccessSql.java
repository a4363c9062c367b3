package io.changeorder.adapter.persistence.access;

/** Every statement on keys and nonces, in words that all databases understand but for what they are given. */
final class AccessSql {
    static final String FIND = "SELECT document FROM access_key WHERE id = ?";
    static final String FIND_ANY = "SELECT 1 FROM access_key LIMIT 1";
    static final String LIST = "SELECT document FROM access_key ORDER BY created_at, id";
    static final String CREATE =
            "INSERT INTO access_key (id, created_at, document) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING";
    static final String CHANGE = "UPDATE access_key SET document = ? WHERE id = ? AND document = ?";
    static final String DELETE = "DELETE FROM access_key WHERE id = ?";

    private AccessSql() {}

    /**
     * Remembers a nonce where that is not remembered, or over, and its slot has room. Arguments: key, slot, digest,
     * length, key, slot, the most in a slot, key, slot, digest.
     */
    static String remember(String now) {
        return "INSERT INTO nonce (access_key, slot, digest, until) SELECT ?, ?, ?, " + now + " + ?"
                + " WHERE (SELECT count(*) FROM nonce s WHERE s.access_key = ? AND s.slot = ?) < ?"
                + " OR EXISTS (SELECT 1 FROM nonce m WHERE m.access_key = ? AND m.slot = ? AND m.digest = ?)"
                + " ON CONFLICT (access_key, slot, digest) DO UPDATE SET until = excluded.until"
                + " WHERE nonce.until <= " + now;
    }

    /** Arguments: key, slot, digest. */
    static String isRemembered(String now) {
        return "SELECT 1 FROM nonce WHERE access_key = ? AND slot = ? AND digest = ? AND until > " + now;
    }

    /**
     * Forgets what is over; looked at again where it is deleted, as it may have become good again. Argument: how many.
     *
     * @param lock how rows are chosen that nobody else forgets just now
     */
    static String forget(String now, String lock) {
        return "DELETE FROM nonce WHERE until <= (SELECT " + now + ") AND (access_key, slot, digest) IN"
                + " (SELECT access_key, slot, digest FROM nonce WHERE until <= (SELECT " + now
                + ") ORDER BY until LIMIT ?" + lock + ")";
    }
}
