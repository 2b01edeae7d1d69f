"""One engine of ours for each set of credentials: its keys, and the clocks of the others.

Nothing is shared between two users, not even of one name: two segments may each have an "admin"
with a password of its own, and neither learns from messages that the other has proved. What is
known of a device is kept by its endpoint, never by its engine id: cloned firmware gives many
devices the same one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from core.model.identity import Endpoint
from core.snmp.v3.user import V3User
from core.snmp.v3.wire import Stamp

if TYPE_CHECKING:
    from core.snmp.v3.crypto import Keys

_MOST_USERS = 256
_MOST_DEVICES = 20_000
_MOST_KEYS = 20_000
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lately(Generic[K, V]):
    """A mapping that forgets what was not used for the longest time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: K) -> V | None:
        """Give what is kept there, if anything."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: K, value: V) -> None:
        """Keep this there."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def drop(self, key: K) -> None:
        """Forget it, if it is there."""
        self._kept.pop(key, None)


@dataclass(frozen=True, slots=True)
class Engine:
    """What is known of a device's engine: its clock stood at ``stamp`` when ours was at ``seen``.

    ``proven`` is whether a message with a good digest said so; until then it is good to ask with,
    and for nothing else.
    """

    stamp: Stamp
    seen: float
    proven: bool

    def now(self, clock: float) -> Stamp:
        """Give its clock at this time of ours (RFC 3414 section 2.3)."""
        stamp = self.stamp
        time = min(stamp.time + max(0, int(clock - self.seen)), (1 << 31) - 1)
        return Stamp(stamp.engine_id, stamp.boots, time)


class Usm:
    """The state of one user with its passwords, for all devices."""

    def __init__(self, user: V3User) -> None:
        # pysnmp is heavy: only those who use version 3 pay for it.
        from core.snmp.v3.crypto import Cipher  # noqa: PLC0415

        self.user = user
        self.cipher = Cipher(user)
        self.engines: Lately[Endpoint, Engine] = Lately(_MOST_DEVICES)
        self._keys: Lately[bytes, Keys] = Lately(_MOST_KEYS)

    def __repr__(self) -> str:
        return f"Usm({self.user!r})"

    def keys_at(self, engine_id: bytes) -> Keys:
        """Give the keys for one engine, made once."""
        keys = self._keys.get(engine_id)
        if keys is None:
            keys = self.cipher.keys_at(engine_id)
            self._keys.put(engine_id, keys)
        return keys


class Usms:
    """The engines of ours of one process; ``make`` is for tests that count."""

    def __init__(self, make: Callable[[V3User], Usm] = Usm) -> None:
        self._make = make
        self._known: Lately[V3User, Usm] = Lately(_MOST_USERS)

    def of(self, user: V3User) -> Usm:
        """Give the one of this user and these passwords."""
        usm = self._known.get(user)
        if usm is None:
            usm = self._make(user)
            self._known.put(user, usm)
        return usm
