-- How many routers lie between the agent and the device; NULL: not known.
ALTER TABLE device ADD COLUMN hops INTEGER;
