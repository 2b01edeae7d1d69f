"""What a question by IPP came to, and what was done for it."""

from __future__ import annotations

from dataclasses import dataclass

from core.ipp.attributes import Attributes
from core.ipp.target import IppTarget
from core.ipp.tls import TlsNote
from core.model.evidence import Evidence
from core.model.provenance import Source
from core.model.reading import Cost


@dataclass(frozen=True, slots=True)
class IppAnswer:
    """What a printer said.

    ``target`` is where it answered, path and all; ``version`` the version of IPP that it spoke;
    ``attributes`` those that were asked for and no others; ``cost`` what this question took, in
    octets of IPP without HTTP, TLS and below.
    """

    target: IppTarget
    version: tuple[int, int]
    status: int
    attributes: Attributes
    tls: TlsNote | None
    cost: Cost

    @property
    def from_cups(self) -> bool:
        """Whether a CUPS server answers: most often a computer's queue, not a printer itself."""
        return self.attributes.text("cups-version") is not None

    def evidence(self) -> Evidence:
        """Say that a printer answered, for a person."""
        major, minor = self.version
        name = self.attributes.text("printer-make-and-model") or "a printer"
        trust = "" if self.tls is None else ", certificate not verified"
        return Evidence(Source.IPP, f"IPP {major}.{minor} at {self.target}: {name}{trust}")


@dataclass(frozen=True, slots=True)
class IppExchange:
    """One request and what came of it, for a trace.

    ``result`` is the name of the IPP status, or the code of the error. Octets are of IPP,
    ``elapsed`` is in seconds. ``answer`` is what came of the attributes asked for, as text.
    """

    target: IppTarget
    version: tuple[int, int]
    names: tuple[str, ...]
    result: str
    bytes_out: int
    bytes_in: int
    elapsed: float
    answer: tuple[tuple[str, str], ...] = ()
