-- The web page that a source names as the printer's own, where it is on the printer itself.
ALTER TABLE evidence ADD COLUMN url TEXT;
