-- What was asked, by whom, from where, and what became of it. Append-only; only its age ends a row.

CREATE TABLE audit (
    sequence     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           BIGINT NOT NULL,
    actor        TEXT   NOT NULL,
    operation    TEXT   NOT NULL,
    resource     TEXT   NOT NULL,
    application  TEXT COLLATE "C",
    change_order TEXT COLLATE "C",
    request      TEXT COLLATE "C",
    trace        TEXT COLLATE "C",
    address      TEXT,
    secure       BOOLEAN NOT NULL,
    outcome      TEXT   NOT NULL,
    reason       TEXT   NOT NULL
);
CREATE INDEX audit_by_trace ON audit (trace, sequence) WHERE trace IS NOT NULL;
CREATE INDEX audit_by_request ON audit (request, sequence) WHERE request IS NOT NULL;
CREATE INDEX audit_by_application ON audit (application, sequence) WHERE application IS NOT NULL;
-- What may be purged, the oldest first.
CREATE INDEX audit_by_age ON audit (at, sequence);
