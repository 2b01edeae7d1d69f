-- What the agent of a device was found to have, so that the next visit may ask less. Only
-- core.telemetry reads the bodies; one that is lost or of another version costs a full reading.
-- last: numbers of the visit before, which change each time.
CREATE TABLE shape (
    device     INTEGER PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    learned_at TEXT NOT NULL,
    body       TEXT NOT NULL,
    last       TEXT NOT NULL
) STRICT;
