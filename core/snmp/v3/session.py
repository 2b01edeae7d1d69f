"""What is said to one device as one user, and what of its words is believed.

A message is believed when its digest is good, which covers the random message id of the question:
so it is an answer to it and no older one. Its clock is then taken over as it is, also where it
stands lower than before (printers that were reset, or do not count their starts). What has no
digest is believed in two things only: an engine id, to ask with; and why a question was refused,
when no better word comes (RFC 3414 sections 3.2 and 4).
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import TypeAlias

from core.model.identity import Endpoint
from core.snmp.access import Version
from core.snmp.errors import SnmpDecodeError
from core.snmp.message import Envelope, PduKind, encode_pdu, open_pdu, read_pairs
from core.snmp.v3.reports import Report
from core.snmp.v3.user import V3User
from core.snmp.v3.usm import Engine, Usm
from core.snmp.v3.wire import (
    AUTH,
    PRIV,
    REPORTABLE,
    USM,
    Frame,
    Stamp,
    inside_scoped,
    open_frame,
    scoped_pdu,
    write,
)

_REPORT = 0xA8
_NOBODY = Stamp(b"", 0, 0)
#: An answer with the octets that its positions are in; a report; or why neither can be believed.
Heard: TypeAlias = tuple[Envelope, bytes] | Report | str


def introduction(number: int) -> bytes:
    """Write the question that every engine answers with its id (RFC 3414 section 4)."""
    body = scoped_pdu(b"", b"", encode_pdu(PduKind.GET, number, ()))
    return write(number, REPORTABLE, _NOBODY, b"", 0, b"", body)[0]


class Session:
    """One user at one device. ``engine`` is what is known of it, ``met`` whether it ever spoke."""

    def __init__(self, usm: Usm, endpoint: Endpoint, clock: Callable[[], float]) -> None:
        self.endpoint = endpoint
        self.engine = usm.engines.get(endpoint)
        self.met = False
        self._usm = usm
        self._clock = clock

    @property
    def user(self) -> V3User:
        """Who asks."""
        return self._usm.user

    def meet(self, stamp: Stamp) -> None:
        """Take an engine id that is good to ask with, and for nothing else yet."""
        self.engine = Engine(stamp, self._clock(), proven=False)

    def forget(self) -> None:
        """Unlearn the engine: the device says that it has another id now."""
        self.engine = None
        self._usm.engines.drop(self.endpoint)

    def write(self, number: int, pdu: bytes) -> bytes:
        """Write a question that carries ``pdu``, as this user; the engine must be known."""
        engine, usm = self.engine, self._usm
        if engine is None:
            raise ValueError("nobody has been met yet")
        user = usm.user
        stamp = engine.now(self._clock()) if user.auth else Stamp(engine.stamp.engine_id, 0, 0)
        keys = usm.keys_at(stamp.engine_id)
        body = scoped_pdu(stamp.engine_id, user.context.encode(), pdu)
        flags, salt = REPORTABLE, b""
        if user.auth is not None:
            flags |= AUTH
        if user.priv is not None:
            flags |= PRIV
            body, salt = usm.cipher.encrypt(keys, stamp, body)
        size = usm.cipher.digest_size
        whole, place = write(number, flags, stamp, user.name.encode(), size, salt, body)
        if not size:
            return whole
        return whole[:place] + usm.cipher.digest(keys, whole) + whole[place + size :]

    def hear(self, data: bytes, number: int) -> Heard:
        """Read what came for the question with this number; raises ``SnmpDecodeError``."""
        frame = open_frame(data)
        if frame.model != USM:
            return "it is secured by something else than the user-based model"
        self.met = True
        if not frame.flags & AUTH:
            if frame.flags & PRIV:
                return "it is encrypted and not authenticated"
            return self._opened(frame, data, frame.start, frame.stop, number)
        why = self._disproved(frame, data)
        if why is not None:
            return why
        return self._proven(frame, data, number)

    def _disproved(self, frame: Frame, data: bytes) -> str | None:
        """Say why the digest of a message is not good, if it is not (RFC 3414 section 6.3.2)."""
        usm, engine, size = self._usm, self.engine, len(frame.digest)
        if usm.user.auth is None or engine is None:
            return "it is authenticated by nobody that was asked for"
        if frame.stamp.engine_id != engine.stamp.engine_id:
            return "it comes from another engine"
        if size != usm.cipher.digest_size:
            return "its digest has the wrong length"
        place = frame.digest_at
        blank = data[:place] + bytes(size) + data[place + size :]
        good = usm.cipher.digest(usm.keys_at(engine.stamp.engine_id), blank)
        return None if hmac.compare_digest(good, frame.digest) else "its digest is wrong"

    def _proven(self, frame: Frame, data: bytes, number: int) -> Heard:
        start, stop = frame.start, frame.stop
        if frame.flags & PRIV:
            keys = self._usm.keys_at(frame.stamp.engine_id)
            cipher = self._usm.cipher
            plain = cipher.decrypt(keys, frame.stamp, frame.salt, data[start:stop])
            if plain is None:
                return "it cannot be decrypted"
            return self._decrypted(frame, plain, number, len(data))
        return self._opened(frame, data, start, stop, number)

    def _decrypted(self, frame: Frame, plain: bytes, number: int, size: int) -> Heard:
        try:
            return self._opened(frame, plain, 0, len(plain), number, size)
        except SnmpDecodeError:
            return "it cannot be decrypted"

    def _opened(
        self, frame: Frame, data: bytes, start: int, stop: int, number: int, size: int = 0
    ) -> Heard:
        tag, first, last = inside_scoped(data, start, stop)
        proven = bool(frame.flags & AUTH)
        if tag == _REPORT:
            envelope = open_pdu(data, first, last, Version.V3, b"", PduKind.RESPONSE)
            pairs = read_pairs(data, envelope)
            self._learn(frame.stamp, proven=proven)
            oid = pairs[0][0] if pairs else None
            return Report(oid, frame.stamp, proven, size or len(data))
        if tag != PduKind.RESPONSE:
            return "it is neither an answer nor a report"
        wanted = (self.user.auth is not None, self.user.priv is not None)
        if (proven, bool(frame.flags & PRIV)) != wanted:
            return "it is less secured than the question"
        if self.engine is None or frame.stamp.engine_id != self.engine.stamp.engine_id:
            return "it comes from another engine"
        envelope = open_pdu(data, first, last, Version.V3, b"", PduKind.RESPONSE)
        if envelope.request_id != number:
            return "it answers another question"
        self._learn(frame.stamp, proven=proven)
        if not proven:
            self._usm.engines.put(self.endpoint, self.engine)
        return envelope, data

    def _learn(self, stamp: Stamp, *, proven: bool) -> None:
        """Take over the clock of the device: from a message with a good digest alone."""
        if proven:
            self.engine = Engine(stamp, self._clock(), proven=True)
            self._usm.engines.put(self.endpoint, self.engine)
