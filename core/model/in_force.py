"""The secrets that this process knows, so that they can be taken out of whatever it says.

Whatever holds a secret enters it here as it is made: so there is no moment at which it could be
told and would not be known.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Iterator

#: Shorter ones are not looked for: they stand in every other line.
SHORTEST = 4
#: From this length on a secret is found inside of words, too.
ANYWHERE = 8
_MOST = 2_000
#: What every printer is delivered with, and every manual names.
_NO_SECRETS = frozenset({"", "public"})


class InForce:
    """Secrets, the newest ``most`` of them; safe for use from several threads."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._values: dict[str, None] = {}
        self._changing = threading.Lock()
        self._pattern: re.Pattern[str] | None = None

    def __repr__(self) -> str:
        return f"InForce({len(self._values)})"

    def add(self, values: Iterable[str]) -> None:
        """Know these from now on."""
        wanted = [v for v in values if isinstance(v, str) and v not in _NO_SECRETS]
        with self._changing:
            new = [v for v in wanted if len(v) >= SHORTEST and v not in self._values]
            if not new:
                return
            self._values.update(dict.fromkeys(new))
            while len(self._values) > self._most:
                del self._values[next(iter(self._values))]
            self._pattern = _pattern(self._values)

    def removed(self, text: str, instead: str) -> str:
        """Give a text without any of them."""
        pattern = self._pattern
        return text if pattern is None else pattern.sub(lambda _: instead, text)


def _pattern(values: Iterable[str]) -> re.Pattern[str]:
    # The longest first: one may be the beginning of another.
    forms = sorted({form for value in values for form in _forms(value)}, key=len, reverse=True)
    return re.compile("|".join(map(_wanted, forms)))


def _wanted(form: str) -> str:
    found = re.escape(form)
    return found if len(form) >= ANYWHERE else rf"(?<!\w){found}(?!\w)"


def _forms(value: str) -> Iterator[str]:
    """Give a value as it is, and as JSON, ``repr`` and bytes are shown."""
    yield value
    yield json.dumps(value)[1:-1]
    yield json.dumps(value, ensure_ascii=False)[1:-1]
    yield repr(value)[1:-1]
    yield repr(value.encode("utf-8", "surrogatepass"))[2:-1]


#: Those of this process.
IN_FORCE = InForce()
