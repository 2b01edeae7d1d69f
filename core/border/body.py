"""Applies the border to bodies of JSON, field by field: what a field is, its name tells."""

from __future__ import annotations

from typing import Any

from core.border.net import GONE, Net

#: In an identity: the field, and what kind of thing it holds. sysName is a host's name.
IDENTITY = {
    "mac": "mac",
    "uuid": "uuid",
    "hostname": "hostname",
    "name": "hostname",
    "location": "location",
}
_SETTING = {
    "mac": "macs",
    "uuid": "macs",
    "hostname": "hostnames",
    "location": "locations",
}
#: What makers number: "1.2.3.4" is a version there, and no address.
PLAIN = ("vendor", "model", "serial", "firmware")


#: Words and times of Platen's own, which nobody outside has written: a printer that is named
#: "toner" changes none of them.
OURS = frozenset(
    {
        "key", "device", "source", "sources", "confidence", "rule", "kind", "state", "severity",
        "weight", "subject", "unit", "code", "color", "conditions", "quirks", "version", "index",
        "taken_at", "first_seen", "last_seen", "learned_at", "raised_at", "cleared_at",
        "acknowledged_at", "at",
    }
)  # fmt: skip


def outgoing(net: Net, value: Any, path: tuple[str, ...] = ()) -> Any:
    """Give a body (dicts, lists, scalars) as it may leave; every text passes the net at least."""
    if isinstance(value, dict):
        return {name: _of_key(net, inner, path, name) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [outgoing(net, inner, path) for inner in value]
    if isinstance(value, str):
        return _text(net, value, path)
    return value


def _of_key(net: Net, value: Any, path: tuple[str, ...], name: str) -> Any:
    # A key of provenance is a path itself: "identity.mac".
    if path[-1:] == ("provenance",) and isinstance(value, dict):
        return _provenance(net, value, tuple(name.split(".")))
    return outgoing(net, value, (*path, name))


def _provenance(net: Net, value: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    kind = IDENTITY.get(path[-1]) if path[:-1] == ("identity",) else None
    told = {name: outgoing(net, inner, (*path, name)) for name, inner in value.items()}
    raw = [str(one) for one in value.get("raw") or ()]
    if kind is not None and net.treatments[_SETTING[kind]] != "show":
        # The bytes that were found hold the value in a form of their own: none of it is told.
        told["raw"] = [GONE for _ in raw]
    elif path[:-1] == ("identity",) and path[-1] in PLAIN:
        told["raw"] = [net.text(one, patterns=False) for one in raw]
    return told


def _text(net: Net, text: str, path: tuple[str, ...]) -> str | None:
    field, parent = path[-1] if path else "", path[-2] if len(path) > 1 else ""
    if field in OURS:
        return text
    if parent == "identity" and field in IDENTITY:
        kind = IDENTITY[field]
        how = net.treatments[_SETTING[kind]]
        if how == "omit":
            return None
        if how == "mask":
            told: str = getattr(net, kind)(text)
            return told
    return net.text(text, patterns=not (parent == "identity" and field in PLAIN))
