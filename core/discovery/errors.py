"""What can be wrong with the description of a search."""

from __future__ import annotations

from dataclasses import replace

from core.model.problem import BadInputError

CODE = "bad_target"
FORMS = (
    "Write an address (10.0.0.5), a range (10.0.0.1-10), a wildcard (10.0.0.*), a network "
    "(10.0.0.0/24), an IPv6 address or a host name; a port goes behind it (10.0.0.5:1161)."
)
_SHOWN = 60


class TargetError(BadInputError):
    """A text that is not a target (code ``bad_target``): names the text, the reason, the remedy."""

    def __init__(self, text: str, reason: str, remedy: str = FORMS) -> None:
        super().__init__(CODE, f"{shown(text)} is not a target: {reason}", remedy)
        self.text = text
        self.reason = reason


class PrintingPortError(TargetError):
    """A port at which what is sent comes out as paper; it may have been named by itself."""

    def __init__(self, text: str, reason: str, remedy: str) -> None:
        super().__init__(text, reason, remedy)
        alone = text.startswith("port ")
        said = f"P{reason[1:]}." if alone else f"{shown(text)} is not asked: {reason}."
        self.problem = replace(self.problem, text=said)


class TargetFileError(BadInputError):
    """Lines of a file that are not targets; ``lines`` has all of them as (number, error)."""

    _LISTED = 20

    def __init__(self, lines: tuple[tuple[int, TargetError], ...]) -> None:
        self.lines = lines
        listed = [f"line {n}: {error.problem.text}" for n, error in lines[: self._LISTED]]
        if len(lines) > self._LISTED:
            listed.append(f"and {len(lines) - self._LISTED} more")
        count = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
        super().__init__(CODE, f"{count} cannot be used: " + "; ".join(listed), _remedy(lines))


def _remedy(lines: tuple[tuple[int, TargetError], ...]) -> str:
    remedies = {error.problem.remedy for _, error in lines}
    return remedies.pop() if len(remedies) == 1 else FORMS


def shown(text: str, longest: int = _SHOWN) -> str:
    """Quote what a person gave, shortened, with control characters made visible."""
    short = text if len(text) <= longest else text[: longest - 3] + "..."
    return ascii(short) if not short.isprintable() else f"'{short}'"
