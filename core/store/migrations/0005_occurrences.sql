-- What rules fired, what is remembered of each device to judge its next reading, the rules that a
-- person made or changed, and what is to be passed over once.

CREATE TABLE occurrence (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    key          TEXT NOT NULL UNIQUE,
    device       INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    rule         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    raised_at    TEXT NOT NULL,
    lasts        INTEGER NOT NULL CHECK (lasts IN (0, 1)),
    open         INTEGER NOT NULL CHECK (open IN (0, 1)),
    body         TEXT NOT NULL
) STRICT;
CREATE INDEX occurrence_device ON occurrence (device, id);
CREATE INDEX occurrence_lasting ON occurrence (device, rule, subject) WHERE lasts = 1;
CREATE INDEX occurrence_rule ON occurrence (rule) WHERE lasts = 1;
CREATE INDEX occurrence_open ON occurrence (id) WHERE open = 1;
CREATE INDEX occurrence_open_device ON occurrence (device, id) WHERE open = 1;

-- The body is the judge's own. Offline and stale stand beside it for the lists.
CREATE TABLE memory (
    device  INTEGER PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
    offline INTEGER NOT NULL CHECK (offline IN (0, 1)),
    stale   INTEGER NOT NULL CHECK (stale IN (0, 1)),
    body    TEXT NOT NULL
) STRICT;

CREATE TABLE rule (
    id   TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE skip_next (
    device INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    rule   TEXT NOT NULL,
    PRIMARY KEY (device, rule)
) STRICT, WITHOUT ROWID;
