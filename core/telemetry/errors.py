"""What can be wrong with an agent that answers."""

from __future__ import annotations

from core.model.identity import Endpoint
from core.model.problem import PlatenError


class NotAPrinterError(PlatenError):
    """The agent answers and is no printer (code ``not_a_printer``)."""

    def __init__(self, endpoint: Endpoint, why: str) -> None:
        remedy = "Check the address. If it is a printer, send its walk to support."
        super().__init__("not_a_printer", f"{endpoint} {why}.", remedy)
