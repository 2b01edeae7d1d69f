"""The border of one installation: what may leave the building, and as what."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from core.border.body import outgoing
from core.border.hidden import matcher
from core.border.known import Known
from core.border.net import Net
from core.border.pseudonyms import Pseudonyms
from core.discovery.errors import TargetError
from core.model.jsonio import from_json, to_builtins, to_json
from core.model.outbox import OutboxItem
from core.model.problem import PlatenError, Problem
from core.settings.privacy import CLOSED, KINDS, Privacy


class Border:
    """Replaces what is hidden. ``known`` is shared with the borders that follow this one."""

    def __init__(
        self, privacy: Privacy, pseudonyms: Pseudonyms, known: Known | None = None
    ) -> None:
        """Raise ``TargetError`` for a hidden address whose form is none."""
        self._privacy = privacy
        self._pseudonyms = pseudonyms
        self._hides = matcher(privacy.hidden)
        self.known = known or Known()

    @classmethod
    def of(
        cls, privacy: Privacy, folder: Path, known: Known | None = None
    ) -> tuple[Border, Problem | None]:
        """Make the border, and say what is wrong with it: a flawed one hides everything."""
        try:
            return cls(privacy, Pseudonyms.load(folder), known), None
        except TargetError as error:
            flaw = replace(error.problem, code="bad_settings")
        except PlatenError as error:
            flaw = error.problem
        return cls(CLOSED, Pseudonyms.passing(), known), flaw

    @cached_property
    def idle(self) -> bool:
        """Whether nothing is hidden at all."""
        shown = all(self._privacy.strictest(kind) == "show" for kind in KINDS)
        return shown and not self._privacy.hidden

    def text(self, text: str) -> str:
        """Give a text that belongs to no segment: what is hidden of any is hidden here."""
        return text if self.idle else self._strictest.text(text)

    def hostname(self, name: str) -> str:
        """Give the name of this computer as it may be told."""
        return self._strictest.hostname(name)

    def outgoing(self, body: Any, segment: str | None = None) -> Any:
        """Give a body (a dataclass of the model, or dicts, lists, scalars) as it may leave.

        ``segment`` is where it comes from, if the body does not say so itself; of one that comes
        from nowhere is told what all segments allow.
        """
        plain = to_builtins(body)
        if self.idle:
            return plain
        known = self.known.with_those_of(plain)
        return outgoing(self._net(segment or _segment(plain), known), plain)

    def item(self, item: OutboxItem) -> OutboxItem:
        """Give an item as the hub may see it."""
        if self.idle or not item.body:  # illegible in a damaged store: the hub sets it aside
            return item
        body: Any = from_json(item.body, object)
        return replace(item, body=to_json(self.outgoing(body)))

    @property
    def _strictest(self) -> Net:
        return self._net(None, self.known)

    def _net(self, segment: str | None, known: Known) -> Net:
        privacy = self._privacy
        treatments = {
            kind: privacy.strictest(kind) if segment is None else privacy.treatment(kind, segment)
            for kind in KINDS
        }
        return Net(treatments, self._pseudonyms, self._hides, known)


def _segment(body: Any) -> str | None:
    """Find the segment that a body names, on top or in its device."""
    if not isinstance(body, dict):
        return None
    device = body.get("device")
    inner = device.get("segment") if isinstance(device, dict) else None
    found = body.get("segment") or inner
    return found if isinstance(found, str) else None
