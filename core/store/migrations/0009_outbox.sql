-- Bodies are packed (zlib): a hub that is away for weeks costs a tenth of the disk. "size" is what
-- an item takes there. Items of before keep their plain body.
ALTER TABLE outbox ADD COLUMN packed BLOB;
ALTER TABLE outbox ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET size = length(CAST(body AS BLOB));
CREATE INDEX outbox_size ON outbox (state, size);
