"""Whether this user's system starts Platen at sign-in: what a question before an end says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.host.startup.manager import Ran, at_sign_in
from core.model.problem import PlatenError


def starts_at_sign_in(home: Path | None = None) -> bool:
    """Whether it is installed so; ``False`` where the system cannot tell."""
    try:
        return at_sign_in(home or Path.home(), _nothing).status().installed
    except (PlatenError, OSError, RuntimeError):
        return False


def _nothing(_: Sequence[str]) -> Ran:
    """Run no program: a window waits for none, and whether it is installed is in a file."""
    return Ran(127, "")
