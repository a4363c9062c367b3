-- One row per thing that is asked for by itself, with a column for everything that is searched, sorted or guarded, and
-- the whole thing as a document in the last column. Times are milliseconds since 1970. Identities ascend with time, and
-- are compared byte by byte. There are no foreign keys: every row is written by a statement that selects from the
-- application that it won, and a check for each row would cost more than the row.

CREATE TABLE application (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name       TEXT COLLATE "C" NOT NULL,
    namespace  TEXT COLLATE "C" NOT NULL,
    deleted    BOOLEAN NOT NULL,
    created_at BIGINT  NOT NULL,
    version    BIGINT  NOT NULL,
    events     BIGINT  NOT NULL,
    fence      BIGINT  NOT NULL,
    live_order TEXT COLLATE "C",
    halted_by  TEXT COLLATE "C",
    -- Of the commit that wrote it.
    stamp      BIGINT  NOT NULL,
    document   TEXT    NOT NULL
);
CREATE UNIQUE INDEX application_name ON application (namespace, name) WHERE NOT deleted;
CREATE INDEX application_by_name ON application (name, namespace, id) WHERE NOT deleted;
CREATE INDEX application_halted_by ON application (halted_by, id) WHERE halted_by IS NOT NULL AND live_order IS NULL;

CREATE TABLE change_order (
    id             TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    application    TEXT COLLATE "C" NOT NULL,
    type           TEXT    NOT NULL,
    status         TEXT    NOT NULL,
    live           BOOLEAN NOT NULL,
    lease          TEXT COLLATE "C" NOT NULL,
    fence          BIGINT  NOT NULL,
    created_by     TEXT    NOT NULL,
    created_at     BIGINT  NOT NULL,
    ended_at       BIGINT,
    undoes         TEXT COLLATE "C",
    undone_by      TEXT COLLATE "C",
    description    TEXT    NOT NULL,
    -- To whom it was offered when its node was gone; nobody else is offered it until then.
    reserved_by    TEXT COLLATE "C",
    reserved_until BIGINT  NOT NULL DEFAULT 0,
    document       TEXT    NOT NULL
);
-- At most one live order per application, whoever writes.
CREATE UNIQUE INDEX change_order_live ON change_order (application) WHERE live;
CREATE INDEX change_order_lease ON change_order (lease, application) WHERE live;
CREATE INDEX change_order_by_creation ON change_order (application, created_at, id);
-- What may be purged, the oldest first.
CREATE INDEX change_order_ended ON change_order (ended_at, id) WHERE ended_at IS NOT NULL;

-- The documents of orders that could not be read any more, for whoever can.
CREATE TABLE unreadable_order (
    id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    found_at BIGINT NOT NULL,
    document TEXT   NOT NULL
);

CREATE TABLE batch (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    change_order TEXT COLLATE "C" NOT NULL,
    number       BIGINT NOT NULL
);
CREATE INDEX batch_of_order ON batch (change_order);

-- Append-only.
CREATE TABLE event (
    application TEXT COLLATE "C" NOT NULL,
    number      BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    actor       TEXT   NOT NULL,
    fence       BIGINT NOT NULL,
    -- Of the commit that wrote it.
    stamp       BIGINT NOT NULL,
    document    TEXT   NOT NULL,
    PRIMARY KEY (application, number)
);

CREATE TABLE version (
    application TEXT COLLATE "C" NOT NULL,
    id          TEXT COLLATE "C" NOT NULL,
    created_at  BIGINT NOT NULL,
    document    TEXT   NOT NULL,
    PRIMARY KEY (application, id)
);
CREATE INDEX version_by_creation ON version (application, created_at, id);

CREATE TABLE answer (
    actor     TEXT COLLATE "C" NOT NULL,
    operation TEXT COLLATE "C" NOT NULL,
    token     TEXT COLLATE "C" NOT NULL,
    at        BIGINT NOT NULL,
    document  TEXT   NOT NULL,
    PRIMARY KEY (actor, operation, token)
);
CREATE INDEX answer_by_age ON answer (at);

-- Who lives until when, unless it says so again.
CREATE TABLE node (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    alive_until BIGINT NOT NULL
);

CREATE TABLE maintenance (
    only_one BIGINT NOT NULL PRIMARY KEY CHECK (only_one = 1),
    until    BIGINT,
    document TEXT   NOT NULL
);
