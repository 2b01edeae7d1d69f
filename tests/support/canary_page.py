"""The local page of the site of the canaries: opened, used, and kept for the search."""

from __future__ import annotations

import json
import time
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

from tests.support.canary_values import SECRETS

if TYPE_CHECKING:
    from tests.support.canary_site import Site


class Browser:
    """One that was signed in by a link."""

    def __init__(self, url: str) -> None:
        where, _, self._link = url.partition("/#")
        self._host = where.removeprefix("http://")
        self._own: dict[str, str] = {}

    def ask(self, method: str, path: str, body: object = None) -> tuple[dict[str, str], bytes]:
        """Ask as the page's own script does; gives headers and body."""
        headers = {"Origin": f"http://{self._host}", "Sec-Fetch-Site": "same-origin", **self._own}
        sent = None if body is None else json.dumps(body)
        if sent is not None:
            headers["Content-Type"] = "application/json"
        line = HTTPConnection(self._host, timeout=30)
        try:
            line.request(method, path, sent, headers)
            answer = line.getresponse()
            return dict(answer.getheaders()), answer.read()
        finally:
            line.close()

    def sign_in(self) -> dict[str, str]:
        """Sign in; gives what must not be told of the session."""
        headers, told = self.ask("POST", "/sign-in", {"link": self._link})
        cookie = headers["Set-Cookie"].partition(";")[0]
        key = json.loads(told)["key"]
        self._own = {"Cookie": cookie, "X-Platen-Key": key}
        return {"page cookie": cookie.partition("=")[2], "page key": key}


def look_at_page(site: Site) -> None:
    """Open the page, do all that it can, keep what it shows."""
    (made,) = site.rows("page")
    for name in [name for name in site.told.inside if "(page --" in name and "output" in name]:
        del site.told.inside[name]  # the link is for whoever asked for it
    page = Browser(made["url"])
    site.told.secrets |= page.sign_in()
    for path in ("/", "/page.js", "/page.css", "/icon.svg", "/view?a=1"):
        site.told.outside[f"page: {path}"] = page.ask("GET", path)[1]
    wrong = {"hub": site.hub.enrolment, "code": SECRETS["wrong password"]}
    for path, body in (
        ("/do/test", {"hub": ""}),
        ("/do/enrol", wrong),
        ("/do/logs", {}),
        ("/do/send", {}),
        ("/do/pause", {}),
        ("/do/resume", {}),
    ):
        site.told.outside[f"page: {path}"] = page.ask("POST", path, body)[1]
        site.told.outside[f"page: /view after {path}"] = _settled(page)


def _settled(page: Browser) -> bytes:
    """Give the view once nothing is under way any more."""
    end = time.monotonic() + 30
    while True:
        shown = page.ask("GET", "/view")[1]
        told: dict[str, Any] = json.loads(shown)
        if not told["busy"] or time.monotonic() > end:
            return shown
        time.sleep(0.1)
