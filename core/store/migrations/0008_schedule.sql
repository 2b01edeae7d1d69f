-- How far each lane of the schedule is, and what became of its runs.
CREATE TABLE schedule_lane (
    name    TEXT PRIMARY KEY,
    handled TEXT NOT NULL,
    owed    INTEGER NOT NULL CHECK (owed IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE schedule_run (
    lane    TEXT NOT NULL,
    planned TEXT NOT NULL,
    outcome TEXT NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (lane, planned)
) STRICT, WITHOUT ROWID;
CREATE INDEX schedule_run_time ON schedule_run (planned, lane);
CREATE INDEX schedule_run_running ON schedule_run (lane) WHERE outcome = 'running';
