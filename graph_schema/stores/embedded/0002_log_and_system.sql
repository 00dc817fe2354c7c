-- The audit log only grows.

CREATE TABLE entry (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    body TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT;

CREATE TRIGGER entry_stays BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

-- Units of work that were stored, by the id that their maker gave them.
CREATE TABLE operation (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Accounts, sessions, publications: what is not graph.
CREATE TABLE system (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    owner TEXT,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX system_of ON system (kind, owner);

CREATE TABLE store_version (one INTEGER PRIMARY KEY CHECK (one = 1), schema INTEGER NOT NULL) STRICT;
