-- How the device wants to be asked (core.snmp.exchange.Quirk), words with blanks between them.
ALTER TABLE device ADD COLUMN quirks TEXT NOT NULL DEFAULT '';
