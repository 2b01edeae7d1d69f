"""One subtree while it is read row by row."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.snmp.ber import MAX_ARC
from core.snmp.deny import denied_prefix, holds_denied
from core.snmp.errors import SnmpError
from core.snmp.types import Oid, Tag, Value

_END = Tag.END_OF_MIB_VIEW


@dataclass(slots=True)
class Column:
    """A subtree below ``root``: what came of it, and from where to go on.

    ``stalled`` is whether it ended because the agent did not go on, ``looped`` the name after
    which it gave an old one again; ``failure`` is why it ended early.
    """

    root: Oid
    cursor: Oid = ()
    rows: dict[Oid, Value] = field(default_factory=dict)
    open: bool = True
    stalled: bool = False
    looped: Oid | None = None
    failure: SnmpError | None = None
    seen: int = 0
    _guarded: bool = False
    _depth: int = 0

    def __post_init__(self) -> None:
        self.cursor = self.root
        self._depth = len(self.root)
        self._guarded = holds_denied(self.root)

    def accept(self, oid: Oid, value: Value) -> bool:
        """Take the next variable; gives whether the subtree may go on behind it.

        A value that is not there (NULL, noSuch...) leaves a gap and ends nothing; the end of the
        subtree, and a name that is not greater than the one before, end the column.
        """
        if oid[: self._depth] != self.root or value.tag is _END:
            self.open = False
            return False
        if self._guarded and (prefix := denied_prefix(oid)) is not None:
            self.cursor = max(self.cursor, (*prefix, MAX_ARC))
            return True
        if oid <= self.cursor:
            if value.data is not None:
                self.looped = self.cursor
            self.open, self.stalled = False, True
            return False
        self.cursor = oid
        self.seen += 1
        if value.data is not None:
            self.rows[oid] = value
        return True

    def retry(self) -> None:
        """Open again after a stall, to be asked in another way."""
        self.open, self.stalled, self.looped = True, False, None

    def end(self, failure: SnmpError | None = None) -> None:
        """End here, for a reason or because there is no more."""
        self.open = False
        self.failure = failure
