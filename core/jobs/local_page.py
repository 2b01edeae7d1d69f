"""The local page as the agent sees it: where it is, and who may come in."""

from __future__ import annotations

from typing import Protocol

from core.jobs.runner import Emit
from core.model.event import EventKind, Finished
from core.model.page import PageLink, PageStatus
from core.model.problem import PlatenError


class LocalPage(Protocol):
    """The page that is hosted beside the agent."""

    def status(self) -> PageStatus:
        """Where it is, and what is wrong with it."""
        ...

    def invite(self) -> PageLink:
        """Make a link that opens it once, and give the code; raises ``PlatenError``."""
        ...


def page_link(page: LocalPage | None, emit: Emit) -> Finished:
    """Give whoever asked the way in; raises ``PlatenError`` (code ``page_away``)."""
    if page is None:
        raise PlatenError("page_away", "This agent has no local page.", "Start it as platen agent.")
    emit(EventKind.PAGE_LINK, page.invite())
    return Finished(text="The link opens the page once.")
