"""SNMPv3 (RFC 3410 to 3418): users, engines, and how a message is secured."""
