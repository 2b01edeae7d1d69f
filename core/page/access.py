"""Who may come in: one-time links, the code for a page typed by hand, and sessions.

All of it is in memory and ends with the agent. A link that is used twice ends the session that it
opened: somebody else has seen it, and one of the two is not who asked for it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

LINK_LIFE = 60.0  # seconds, as all that follow
CODE_LIFE = 600.0
SESSION_LIFE = 8 * 3600.0
MOST_LINKS, MOST_SESSIONS = 8, 8
TRIES, TRIES_WITHIN = 5, 60.0

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: nothing that looks alike
_CODE_LENGTH = 8
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that was let in. ``cookie`` comes back by itself, ``key`` only from the page's own
    script: cookies know no ports, so another program of this computer may get to see one.
    """

    cookie: str = field(repr=False)
    key: str = field(repr=False)
    until: float


@dataclass(slots=True)
class _Link:
    until: float
    opened: Session | None = None


class Access:
    """Links, code and sessions. ``monotonic`` gives seconds; ``token`` a new secret text of at
    least 256 bits; ``choose`` a random character of a text.
    """

    def __init__(
        self,
        monotonic: Callable[[], float],
        token: Callable[[], str],
        choose: Callable[[str], str],
    ) -> None:
        self._now = monotonic
        self._token = token
        self._choose = choose
        self._links: dict[bytes, _Link] = {}
        self._sessions: list[Session] = []
        self._code = ""
        self._code_until = 0.0
        self._tries: deque[float] = deque(maxlen=TRIES)

    def new_link(self) -> str:
        """Make a link's secret; good once, within ``LINK_LIFE``."""
        self._forget()
        secret = self._token()
        self._links[_digest(secret)] = _Link(self._now() + LINK_LIFE)
        while len(self._links) > MOST_LINKS:
            self._links.pop(next(iter(self._links)))
        return secret

    def code(self) -> tuple[str, float]:
        """Give the code, and for how many seconds it is good; a new one after each use."""
        now = self._now()
        if not self._code or self._code_until - now < LINK_LIFE:
            self._code = "".join(self._choose(_ALPHABET) for _ in range(_CODE_LENGTH))
            self._code_until = now + CODE_LIFE
        return f"{self._code[:4]}-{self._code[4:]}", self._code_until - now

    def open_by_link(self, secret: str) -> Session | None:
        """Let in whoever has a link, once; a second time ends what the first one opened."""
        self._forget()
        link = self._links.get(_digest(secret))
        if link is None:
            return None
        if link.opened is not None:
            self.close(link.opened)
            return None
        link.opened = self._open()
        return link.opened

    def wait(self) -> float:
        """For how many seconds no further code may be tried; 0: it may."""
        if len(self._tries) < TRIES:
            return 0.0
        return max(0.0, self._tries[0] + TRIES_WITHIN - self._now())

    def open_by_code(self, typed: str) -> Session | None:
        """Let in whoever types the code, once. Ask ``wait`` first: each try counts."""
        now = self._now()
        self._tries.append(now)
        plain = "".join(c for c in typed.upper() if c.isalnum()).translate(_LOOKALIKES)
        good = bool(self._code) and now < self._code_until
        # Compared whatever holds, so that the time tells nothing.
        if not hmac.compare_digest(_digest(plain), _digest(self._code)) or not good:
            return None
        self._code = ""
        self._tries.clear()
        return self._open()

    def find(self, cookie: str, key: str) -> Session | None:
        """Give the session that both belong to."""
        self._forget()
        found = None
        for session in self._sessions:  # all of them, always: the time tells nothing
            right = hmac.compare_digest(_digest(cookie), _digest(session.cookie))
            if right & hmac.compare_digest(_digest(key), _digest(session.key)):
                found = session
        return found

    def close(self, session: Session) -> None:
        """End a session."""
        if session in self._sessions:
            self._sessions.remove(session)

    def _open(self) -> Session:
        session = Session(self._token(), self._token(), self._now() + SESSION_LIFE)
        self._sessions.append(session)
        del self._sessions[:-MOST_SESSIONS]
        return session

    def _forget(self) -> None:
        now = self._now()
        # Used ones are remembered as long as they would have been good.
        self._links = {name: link for name, link in self._links.items() if link.until > now}
        self._sessions = [session for session in self._sessions if session.until > now]


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
