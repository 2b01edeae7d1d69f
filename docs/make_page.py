"""Makes the pictures of the local page, in a real Chromium on a real agent of its own.

    python docs/make_page.py [FOLDER]

The printers are simulated; the pictures go to ``docs/images`` in light and dark.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.support.browser import chromium
from tests.support.need import ROOT
from tests.support.paged import free_ports
from tests.support.simulated import simulated
from tests.support.site import Server, Site, site

NETWORK = "127.51.2.0/28"
COUNT = 8
WIDTH, HEIGHT = 1180, 900


def _start(place: Site) -> None:
    port = str(free_ports(20)[0])
    command = ["-m", "app", "agent", "--data", str(place.agent_data), "--page-port", port]
    place.agent = Server(command, place.folder / "agent.log")
    for arguments in (("scan", NETWORK, "--port", "1161", "--fast"), ("collect",)):
        done = place.platen(*arguments)
        if done.returncode:
            raise SystemExit(done.stderr)


def _take(browser: Browser, place: Site, scheme: str, path: Path) -> None:
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    tab = context.new_page()
    tab.goto(place.platen("page", "--print").stdout.strip())
    expect(tab.locator("#devices tbody tr")).to_have_count(COUNT)
    tab.screenshot(path=str(path), full_page=True)
    context.close()
    sys.stdout.write(f"{path.name}\n")


def main(folder: Path) -> None:
    """Make both pictures."""
    with (
        tempfile.TemporaryDirectory() as made,
        simulated(NETWORK, COUNT, port=1161),
        site(Path(made)) as place,
        chromium() as browser,
    ):
        _start(place)
        for scheme in ("light", "dark"):
            _take(browser, place, scheme, folder / f"page-{scheme}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "images")
