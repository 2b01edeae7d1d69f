"""Each request and answer of a visit, for ``read --trace``."""

from __future__ import annotations

from typing import Any, TypeAlias

from core.ipp.answer import IppExchange
from core.model.plain import plain
from core.snmp.exchange import Exchange
from core.snmp.types import Value, format_oid

Traced: TypeAlias = Exchange | IppExchange


def text_of(value: Value) -> str:
    """Write a value as it came: numbers and OIDs plainly, octets as text or as hex."""
    if isinstance(value.data, bytes):
        ascii_only = value.data.isascii() and value.data.decode("ascii").isprintable()
        return value.data.decode("ascii") if ascii_only else "0x" + value.data.hex()
    if isinstance(value.data, tuple):
        return format_oid(value.data)
    return value.tag.name.lower() if value.data is None else str(value.data)


def to_builtins(exchange: Traced) -> dict[str, Any]:
    """Give one exchange as JSON would hold it."""
    if isinstance(exchange, IppExchange):
        return _ipp_builtins(exchange)
    return {
        "request": exchange.kind.name.lower(),
        "version": exchange.version.value,
        "attempt": exchange.attempt,
        "oids": [format_oid(oid) for oid in exchange.oids],
        "answer": [
            {"oid": format_oid(bind.oid), "value": text_of(bind.value)}
            for bind in exchange.varbinds
        ],
        "error": exchange.error,
        "bytes_out": exchange.bytes_out,
        "bytes_in": exchange.bytes_in,
        "elapsed_ms": round(exchange.elapsed * 1000, 2),
    }


def sentence(exchange: Traced) -> str:
    """Give one exchange as lines for a terminal."""
    if isinstance(exchange, IppExchange):
        return _ipp_sentence(exchange)
    asked = f"{exchange.kind.name.lower()} v{exchange.version.value}, {len(exchange.oids)} OIDs"
    came = exchange.error or f"{len(exchange.varbinds)} values"
    head = f"{asked}, {exchange.bytes_out} B out: {came}, {exchange.bytes_in} B in"
    rows = [f"  {format_oid(bind.oid)} = {text_of(bind.value)}" for bind in exchange.varbinds]
    return "\n".join([f"{head}, {exchange.elapsed * 1000:.1f} ms", *rows])


def name(exchange: Traced) -> str:
    """Say in a few words what was asked."""
    if isinstance(exchange, IppExchange):
        return f"IPP at {exchange.target}"
    return f"{format_oid(exchange.oids[0])} and what is beside it"


def _ipp_builtins(exchange: IppExchange) -> dict[str, Any]:
    return {
        "request": "get-printer-attributes",
        "version": _version(exchange),
        "target": str(exchange.target),
        "attributes": list(exchange.names),
        "answer": [{"attribute": name, "value": text} for name, text in exchange.answer],
        "status": exchange.result,
        "bytes_out": exchange.bytes_out,
        "bytes_in": exchange.bytes_in,
        "elapsed_ms": round(exchange.elapsed * 1000, 2),
    }


def _ipp_sentence(exchange: IppExchange) -> str:
    asked = f"IPP {_version(exchange)} {exchange.target}, {len(exchange.names)} attributes"
    head = f"{asked}, {exchange.bytes_out} B out: {exchange.result}, {exchange.bytes_in} B in"
    rows = [f"  {name} = {plain(text, 2000)}" for name, text in exchange.answer]
    return "\n".join([f"{head}, {exchange.elapsed * 1000:.1f} ms", *rows])


def _version(exchange: IppExchange) -> str:
    return ".".join(map(str, exchange.version))
