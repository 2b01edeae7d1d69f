"""The words to speak to one agent with: by community, or in a session of SNMPv3."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from core.model.identity import Endpoint
from core.snmp.access import Access, Opened, Version
from core.snmp.question import Voice
from core.snmp.v3.session import Session
from core.snmp.v3.user import SecurityLevel, V3User
from core.snmp.v3.usm import Usms


class Voices:
    """The voices of one client. A user's session lasts as long as the client."""

    def __init__(
        self, access: Access, usms: Usms, endpoint: Endpoint, clock: Callable[[], float]
    ) -> None:
        self.access = access
        self._usms = usms
        self._endpoint = endpoint
        self._clock = clock
        self._sessions: dict[int, Session] = {}

    def of(self, opened: Opened) -> Voice:
        """Give the voice for a version and a community, or a user."""
        if opened.version is not Version.V3:
            return Voice(opened.version, self.access.communities[opened.community_index].encode())
        return Voice(Version.V3, b"", self.session(opened.community_index))

    def session(self, index: int) -> Session:
        """Give the session of one user of the list."""
        session = self._sessions.get(index)
        if session is None:
            usm = self._usms.of(self.access.users[index])
            session = self._sessions[index] = Session(usm, self._endpoint, self._clock)
        return session

    def without_context(self, index: int) -> Voice | None:
        """Give a voice that names no context, ``None`` where there is none to leave out."""
        user = self.session(index).user
        return self._simpler(index, replace(user, context="")) if user.context else None

    def without_privacy(self, index: int) -> Voice | None:
        """Give a voice that only proves who asks, ``None`` where nothing is encrypted anyway."""
        user = self.session(index).user
        if user.level is not SecurityLevel.AUTH_PRIV:
            return None
        return self._simpler(index, replace(user, priv=None, priv_password="", context=""))

    def _simpler(self, index: int, user: V3User) -> Voice:
        """Give the voice of a simpler user, to find out what the whole one suffers from."""
        probe = Session(self._usms.of(user), self._endpoint, self._clock)
        probe.engine = self.session(index).engine
        return Voice(Version.V3, b"", probe)
