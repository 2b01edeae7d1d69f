"""The machine's own Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.support.need import missing

_NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a Chromium without a window while the block runs."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        missing("no Chromium is installed")
    with sync_playwright() as playwright:
        # Root has no sandbox of Chromium's; the pages are our own.
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        try:
            yield browser
        finally:
            browser.close()
