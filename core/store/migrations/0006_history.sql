-- Each value of a device as it changed (core.store.history). Times are Unix seconds.

-- Where values came from: a Provenance as JSON, without its raw values.
CREATE TABLE history_origin (
    id   INTEGER PRIMARY KEY,
    body TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE history_path (
    id   INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE
) STRICT;

-- The newest changes of a device, and how it was last read: MessagePack of core.store.history.head.
CREATE TABLE history_head (
    device       INTEGER PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
    last_at      INTEGER NOT NULL,
    compacted_to INTEGER NOT NULL DEFAULT 0,
    body         BLOB NOT NULL
) STRICT;
CREATE INDEX history_head_compacted ON history_head (compacted_to, device);

-- Older changes of one value, packed by core.store.history.codec. grade: 0 every change, 1 daily,
-- 2 monthly.
CREATE TABLE history_chunk (
    id     INTEGER PRIMARY KEY,
    device INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    path   INTEGER NOT NULL REFERENCES history_path (id),
    start  INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    grade  INTEGER NOT NULL CHECK (grade IN (0, 1, 2)),
    count  INTEGER NOT NULL,
    body   BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX history_chunk_start ON history_chunk (device, path, start);

-- Readings taken while the clock was wrong: MessagePack, compressed. stretch: which period of doubt.
CREATE TABLE history_doubtful (
    id       INTEGER PRIMARY KEY,
    device   INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    taken_at INTEGER NOT NULL,
    stretch  INTEGER NOT NULL,
    body     BLOB NOT NULL
) STRICT;
CREATE INDEX history_doubtful_device ON history_doubtful (device, id);

-- The newest time that is trusted, the period of doubt that lasts, and the last one that proved right.
CREATE TABLE history_clock (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    trusted    INTEGER NOT NULL,
    doubt_from INTEGER,
    doubt_to   INTEGER,
    settled    INTEGER
) STRICT;

-- Bodies of readings are compressed from now on (BLOB); those of before stay JSON (TEXT).
CREATE TABLE reading_anew (
    id       INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,
    device   INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    taken_at TEXT NOT NULL,
    body     ANY NOT NULL
) STRICT;
INSERT INTO reading_anew SELECT id, key, device, taken_at, body FROM reading;
DROP TABLE reading;
ALTER TABLE reading_anew RENAME TO reading;
CREATE INDEX reading_history ON reading (device, taken_at, id);
CREATE INDEX reading_arrival ON reading (device, id);
