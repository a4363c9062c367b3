-- What was asked, by whom, from where, and what became of it. Append-only; only its age ends a row. A sequence is never
-- given twice.

CREATE TABLE audit (
    sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
    at           INTEGER NOT NULL,
    actor        TEXT    NOT NULL,
    operation    TEXT    NOT NULL,
    resource     TEXT    NOT NULL,
    application  TEXT,
    change_order TEXT,
    request      TEXT,
    trace        TEXT,
    address      TEXT,
    secure       INTEGER NOT NULL,
    outcome      TEXT    NOT NULL,
    reason       TEXT    NOT NULL
);
CREATE INDEX audit_by_trace ON audit (trace, sequence) WHERE trace IS NOT NULL;
CREATE INDEX audit_by_request ON audit (request, sequence) WHERE request IS NOT NULL;
CREATE INDEX audit_by_application ON audit (application, sequence) WHERE application IS NOT NULL;
-- What may be purged, the oldest first.
CREATE INDEX audit_by_age ON audit (at, sequence);
