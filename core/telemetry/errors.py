"""What can be wrong with an agent that answers."""

from __future__ import annotations

from core.model.identity import Endpoint
from core.model.problem import PlatenError


class NotAPrinterError(PlatenError):
    """The agent answers and is no printer (code ``not_a_printer``)."""

    def __init__(self, endpoint: Endpoint, why: str) -> None:
        remedy = "Check the address. If it is a printer, send its walk to support."
        super().__init__("not_a_printer", f"{endpoint} {why}.", remedy)


class BothSilentError(PlatenError):
    """Neither SNMP nor IPP gave anything; it names both causes, under the code of SNMP's."""

    def __init__(self, snmp: PlatenError, ipp: PlatenError) -> None:
        one, two = snmp.problem, ipp.problem
        remedy = one.remedy if one.remedy and _same(one.remedy, two.remedy) else None
        if remedy is None:
            other = f"For IPP: {two.remedy}" if two.remedy else ""
            remedy = " ".join(part for part in (one.remedy, other) if part)
        super().__init__(one.code, f"{one.text} Asked by IPP instead: {two.text}", remedy)


def _same(one: str, two: str | None) -> bool:
    """Whether both tell to do the same first ("Check the address, ...")."""
    return two is not None and _first_words(one) == _first_words(two)


def _first_words(text: str) -> str:
    return text.replace(".", ",").partition(",")[0]
