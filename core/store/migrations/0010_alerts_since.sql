-- Alerts since a time, of all devices; and those that were over long ago.
CREATE INDEX occurrence_raised ON occurrence (raised_at, id);
