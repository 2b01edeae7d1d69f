"""UUIDs as printers write them (RFC 9562)."""

from __future__ import annotations

from uuid import UUID


def parse_uuid(text: str | None) -> str | None:
    """Give the bare lower-case UUID in ``text`` (with or without ``urn:uuid:`` or braces).

    ``None`` for what is no UUID and for the nil UUID, which names nothing.
    """
    if not text:
        return None
    try:
        value = UUID(text.strip())
    except ValueError:
        return None
    return str(value) if value.int else None
