-- Who may sign requests. The secrets in the document are sealed.
CREATE TABLE access_key (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL,
    document   TEXT   NOT NULL
);

-- Which requests were seen: the beginning of a digest of what makes each unlike every other of its key, and of that
-- again the beginning, so that those of one key can be counted by a part of them.
CREATE TABLE nonce (
    access_key TEXT COLLATE "C" NOT NULL,
    slot       INTEGER NOT NULL,
    digest     BYTEA   NOT NULL,
    until      BIGINT  NOT NULL,
    PRIMARY KEY (access_key, slot, digest)
);
CREATE INDEX nonce_until ON nonce (until);
