-- Who may sign requests. The secrets in the document are sealed.
CREATE TABLE access_key (
    id         TEXT    NOT NULL PRIMARY KEY,
    created_at INTEGER NOT NULL,
    document   TEXT    NOT NULL
) WITHOUT ROWID;

-- Which requests were seen: the beginning of a digest of what makes each unlike every other of its key, and of that
-- again the beginning, so that those of one key can be counted by a part of them.
CREATE TABLE nonce (
    access_key TEXT    NOT NULL,
    slot       INTEGER NOT NULL,
    digest     BLOB    NOT NULL,
    until      INTEGER NOT NULL,
    PRIMARY KEY (access_key, slot, digest)
) WITHOUT ROWID;
CREATE INDEX nonce_until ON nonce (until);
