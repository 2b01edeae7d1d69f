"""Opens the local page in a browser, signed in: for the command, the tray and the window."""

from __future__ import annotations

import asyncio
import os
import webbrowser
from pathlib import Path

from core.channel.client import AgentClient
from core.host.paths import data_folder, ensure_data_folder
from core.host.permissions import atomic_write
from core.model.action import ActionKind, NoArguments
from core.model.event import EventKind
from core.model.jsonio import from_json
from core.model.page import PageLink
from core.model.problem import PlatenError, Problem
from core.page.html import escape

HANDOVER = "open-page.html"


async def ask_for_link(client: AgentClient) -> PageLink:
    """Ask the agent for a link and the code; raises ``PlatenError``."""
    found: PageLink | None = None
    async for event in client.do(ActionKind.PAGE_LINK, NoArguments()):
        if event.kind is EventKind.PAGE_LINK:
            found = from_json(event.body, PageLink)
        if event.kind is EventKind.ACTION_FAILED:
            flaw = from_json(event.body, Problem)
            raise PlatenError(flaw.code, flaw.text, flaw.remedy)
    if found is not None:
        return found
    raise PlatenError("page_away", "The agent has made no link.", "Try again.")


def address_for_browser(
    link: PageLink, folder: Path, *, handed_over: bool = os.name != "nt"
) -> str:
    """Give what a browser is started with.

    Where other users may see the command lines of all programs, the link stands in a file that
    they cannot read: in ``folder``, or, where that is a service's, in this user's own. Raises
    ``OSError`` where neither can be written.
    """
    if not handed_over:
        return link.url
    url = escape(link.url)
    page = (
        '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        f'<meta http-equiv="refresh" content="0; url={url}"><title>Platen</title>'
        f'<p><a href="{url}">Open Platen</a></p>\n'
    )
    path = folder / HANDOVER
    try:
        atomic_write(path, page.encode())
    except OSError:
        path = ensure_data_folder(data_folder()) / HANDOVER
        atomic_write(path, page.encode())
    return path.absolute().as_uri()


async def open_in_browser(link: PageLink, folder: Path) -> bool:
    """Start the usual browser with the link; ``False`` where there is none."""
    address = await asyncio.to_thread(address_for_browser, link, folder)
    return await asyncio.to_thread(webbrowser.open, address)
