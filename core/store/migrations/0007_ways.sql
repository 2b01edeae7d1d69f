-- How a device is asked by IPP. Without a port: it was tried, and nothing answered. What IPP adds to SNMP
-- ("levels", "trays" ...) are words with blanks between them; none where SNMP alone tells as much.
CREATE TABLE way (
    device            INTEGER PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
    port              INTEGER,
    tls               INTEGER NOT NULL DEFAULT 0 CHECK (tls IN (0, 1)),
    path              TEXT,
    adds              TEXT NOT NULL DEFAULT '',
    learned_at        TEXT NOT NULL,
    snmp_silent_since TEXT
) STRICT;
