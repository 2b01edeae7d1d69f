"""Which addresses are hidden, whatever holds for all others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from core.discovery.addresses import number_of
from core.discovery.errors import TargetError
from core.discovery.forms import Name, Six
from core.discovery.spans import Span, merge
from core.discovery.targets import parse_exclusion


def matcher(hidden: Sequence[str]) -> Callable[[str], bool]:
    """Give what says whether an address is hidden; raises ``TargetError`` for a form that is
    none.
    """
    spans: list[Span] = []
    six: set[str] = set()
    for text in hidden:
        target = parse_exclusion(text)
        if isinstance(target, Name):
            raise TargetError(text, "it is a name", "Hide the address that the name stands for.")
        if isinstance(target, Six):
            six.add(target.address)
        else:
            spans.extend(target.spans(whole=True))
    merged = merge(spans)

    def hides(address: str) -> bool:
        if ":" in address:
            return address.lower() in six
        try:
            number = number_of(address)
        except OSError:  # digits and dots that are no address
            return False
        place = bisect_right(merged, (number, 2**32)) - 1
        return place >= 0 and merged[place][1] >= number

    return hides
