"""Values that no pattern would find: host names, locations, and MACs without their colons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_LETTER = re.compile(r"[^\W\d_]")
_SHORTEST = 3  # shorter names are words of any text


@dataclass(slots=True)
class Known:
    """What has been learned, in lower case; MACs as twelve digits."""

    hosts: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    macs: set[str] = field(default_factory=set)

    def learn(self, identity: Mapping[str, Any]) -> None:
        """Take what an identity (``core.model.identity``, as in JSON) holds."""
        for name in (identity.get("hostname"), identity.get("name")):
            self.learn_host(name)
        place, mac = identity.get("location"), identity.get("mac")
        if isinstance(place, str) and len(place) >= _SHORTEST:
            self.places.add(place.lower())
        if isinstance(mac, str):
            self.macs.add(digits_of(mac))

    def learn_host(self, name: Any) -> None:
        """Take a host name; its first part alone stands for it as well. Addresses are none."""
        if isinstance(name, str) and _LETTER.search(name) and not set(name) & set(":/*"):
            whole = name.lower().rstrip(".")
            texts = {whole, whole.partition(".")[0]}
            self.hosts |= {text for text in texts if len(text) >= _SHORTEST}

    def with_those_of(self, body: Any) -> Known:
        """Give these and those of all identities in a body."""
        found = Known(set(self.hosts), set(self.places), set(self.macs))
        for identity in identities(body):
            found.learn(identity)
        return found


def digits_of(mac: str) -> str:
    """Give the digits of a MAC, in lower case."""
    return "".join(c for c in mac.lower() if c in "0123456789abcdef")


def identities(body: Any) -> Iterator[Mapping[str, Any]]:
    """Find every identity in a body of JSON."""
    inner: Iterable[Any] = ()
    if isinstance(body, dict):
        if isinstance(found := body.get("identity"), dict):
            yield found
        inner = body.values()
    elif isinstance(body, list):
        inner = body
    for value in inner:
        yield from identities(value)
