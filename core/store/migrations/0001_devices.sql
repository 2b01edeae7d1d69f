-- Times are RFC 3339 in UTC, whole seconds; bodies are JSON of the dataclasses of core.model.
-- Columns of a key stand first and in its order: the integrity check of SQLite 3.40.0 to 3.41.0
-- finds a NULL where there is none in a table WITHOUT ROWID that has them otherwise.

CREATE TABLE installation (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    uuid    TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

CREATE TABLE device (
    id              INTEGER PRIMARY KEY,
    key             TEXT NOT NULL UNIQUE,
    vendor          TEXT,
    model           TEXT,
    serial          TEXT,
    mac             TEXT,
    uuid            TEXT,
    hostname        TEXT,
    name            TEXT,
    location        TEXT,
    firmware        TEXT,
    address         TEXT NOT NULL,
    port            INTEGER NOT NULL,
    device_index    INTEGER,
    segment         TEXT,
    version         TEXT,
    community_index INTEGER,
    provisional     INTEGER NOT NULL CHECK (provisional IN (0, 1)),
    managed         INTEGER NOT NULL DEFAULT 1 CHECK (managed IN (0, 1)),
    first_seen      TEXT NOT NULL,
    last_seen       TEXT NOT NULL
) STRICT;

-- What a device is found by. Cloned boards share a serial and print servers share a MAC, so only
-- a place (address, port, row) is unique: the device that was seen there last holds it.
CREATE TABLE identifier (
    device INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    kind   TEXT NOT NULL CHECK (kind IN ('serial', 'mac', 'uuid', 'endpoint')),
    value  TEXT NOT NULL,
    PRIMARY KEY (device, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX identifier_value ON identifier (kind, value);
CREATE UNIQUE INDEX identifier_place ON identifier (value) WHERE kind = 'endpoint';

-- Keys of devices that turned out to be another one; they still lead to it.
CREATE TABLE former_key (
    key    TEXT PRIMARY KEY,
    device INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX former_key_device ON former_key (device);

CREATE TABLE evidence (
    device INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    place  INTEGER NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (device, source, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE reading (
    id       INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,
    device   INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    taken_at TEXT NOT NULL,
    body     TEXT NOT NULL
) STRICT;
CREATE INDEX reading_history ON reading (device, taken_at, id);

CREATE TABLE latest (
    device   INTEGER PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
    taken_at TEXT NOT NULL,
    body     TEXT NOT NULL
) STRICT;

CREATE TABLE problem (
    device INTEGER PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
    at     TEXT NOT NULL,
    body   TEXT NOT NULL
) STRICT;

-- No reference to device: an item says what was known when it was queued, whatever comes after.
CREATE TABLE outbox (
    sequence  INTEGER PRIMARY KEY AUTOINCREMENT,
    key       TEXT NOT NULL UNIQUE,
    kind      TEXT NOT NULL,
    device    TEXT NOT NULL,
    body      TEXT NOT NULL,
    state     TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'refused')),
    reason    TEXT,
    queued_at TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_waiting ON outbox (sequence) WHERE state = 'waiting';
CREATE INDEX outbox_refused ON outbox (sequence) WHERE state = 'refused';

CREATE TABLE fact (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
