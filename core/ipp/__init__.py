"""IPP: codec, client, identity. Asks for attributes only; no other operation is in this package."""
