"""Events and pages between core.model and the messages of ``platen.v1.Local``."""

from __future__ import annotations

from dataclasses import dataclass

from core.model.event import Event, EventKind
from proto.platen.v1 import local_pb2


@dataclass(frozen=True, slots=True)
class QueryPage:
    """One page of a list: JSON texts, the token of the next page ("" on the last), rows in all."""

    items: tuple[str, ...]
    next_page_token: str
    total: int


def to_message(event: Event) -> local_pb2.Event:
    """Write an event as its wire message."""
    return local_pb2.Event(
        sequence=event.sequence,
        at=event.at,
        kind=event.kind.value,
        action_id=event.action_id,
        body=event.body,
    )


def from_message(message: local_pb2.Event) -> Event | None:
    """Read an event; ``None`` for a kind that this version does not know."""
    try:
        kind = EventKind(message.kind)
    except ValueError:
        return None
    return Event(message.sequence, message.at, kind, message.action_id, message.body)
