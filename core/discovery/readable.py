"""Texts from whoever is on the wire, made fit to be shown: bounded, one line, no controls."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit, urlunsplit

from core.model.marks import without_marks

_LONGEST = 200
_JOINERS = "\u200c\u200d"


def readable(octets: bytes, longest: int = _LONGEST) -> str | None:
    """Read octets as UTF-8, else as Latin-1; ``None`` where nothing is left to read."""
    try:
        text = octets.decode()
    except UnicodeDecodeError:
        text = octets.decode("latin-1")
    return one_line(text, longest)


def one_line(text: str, longest: int = _LONGEST) -> str | None:
    """Give a text with its blanks single, without control and invisible characters, shortened."""
    text = without_marks(text[: longest * 4])
    # Joiners that are left belong to their script; "isprintable" does not know them.
    kept = "".join(c if c.isprintable() or c in _JOINERS else " " for c in text)
    return " ".join(kept.split())[:longest].rstrip() or None


def web_address(text: str) -> tuple[str, str] | None:
    """Give the host of a web address, and the address as it may be shown: without login and query.

    ``None`` where it is none.
    """
    try:
        parts = urlsplit(one_line(text) or "")
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    where = f"[{host}]" if ":" in host else host
    place = where if port is None else f"{where}:{port}"
    return host, urlunsplit(SplitResult(parts.scheme, place, parts.path, "", ""))
