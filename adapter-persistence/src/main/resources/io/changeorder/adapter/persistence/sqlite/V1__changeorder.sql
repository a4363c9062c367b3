-- One row per thing that is asked for by itself, with a column for everything that is searched, sorted or guarded, and
-- the whole thing as a document in the last column. Times are milliseconds since 1970. Identities ascend with time.

CREATE TABLE application (
    id            TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    namespace     TEXT    NOT NULL,
    deleted       INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    events        INTEGER NOT NULL,
    fence         INTEGER NOT NULL,
    live_order    TEXT,
    growth_halted INTEGER NOT NULL,
    document      TEXT    NOT NULL
);
CREATE UNIQUE INDEX application_name ON application (namespace, name) WHERE deleted = 0;
CREATE INDEX application_by_name ON application (name, namespace, id) WHERE deleted = 0;
CREATE INDEX application_halted ON application (id) WHERE growth_halted = 1;

CREATE TABLE change_order (
    id          TEXT    NOT NULL PRIMARY KEY,
    application TEXT    NOT NULL REFERENCES application (id),
    type        TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    live        INTEGER NOT NULL,
    lease       TEXT    NOT NULL,
    fence       INTEGER NOT NULL,
    created_by  TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    undoes      TEXT,
    undone_by   TEXT,
    description TEXT    NOT NULL,
    document    TEXT    NOT NULL
);
-- At most one live order per application, whoever writes.
CREATE UNIQUE INDEX change_order_live ON change_order (application) WHERE live = 1;
CREATE INDEX change_order_lease ON change_order (lease, application) WHERE live = 1;
CREATE INDEX change_order_by_creation ON change_order (application, created_at, id);

-- The documents of orders that could not be read any more, for whoever can.
CREATE TABLE unreadable_order (
    id       TEXT    NOT NULL PRIMARY KEY REFERENCES change_order (id),
    found_at INTEGER NOT NULL,
    document TEXT    NOT NULL
);

CREATE TABLE batch (
    id           TEXT    NOT NULL PRIMARY KEY,
    change_order TEXT    NOT NULL REFERENCES change_order (id),
    number       INTEGER NOT NULL
) WITHOUT ROWID;

-- Append-only. The cursor counts over all applications; it is never given twice, as the newest row is never deleted.
CREATE TABLE event (
    cursor      INTEGER PRIMARY KEY,
    application TEXT    NOT NULL REFERENCES application (id),
    number      INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    actor       TEXT    NOT NULL,
    fence       INTEGER NOT NULL,
    document    TEXT    NOT NULL
);
CREATE UNIQUE INDEX event_number ON event (application, number);

CREATE TABLE version (
    application TEXT    NOT NULL REFERENCES application (id),
    id          TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    document    TEXT    NOT NULL,
    PRIMARY KEY (application, id)
);
CREATE INDEX version_by_creation ON version (application, created_at, id);

CREATE TABLE answer (
    actor     TEXT    NOT NULL,
    operation TEXT    NOT NULL,
    token     TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    document  TEXT    NOT NULL,
    PRIMARY KEY (actor, operation, token)
) WITHOUT ROWID;
CREATE INDEX answer_by_age ON answer (at);

CREATE TABLE node (
    id        TEXT    NOT NULL PRIMARY KEY,
    opened_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE maintenance (
    only     INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    until    INTEGER,
    document TEXT    NOT NULL
);
