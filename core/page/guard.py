"""Stands before every route: who asks, from which page, with what in hand.

- ``Host`` must be ours: a name that was rebound to 127.0.0.1 is another (DNS rebinding).
- ``Origin``, where there is one, must be ours, and there is one for every change.
- ``Sec-Fetch-Site`` must be "same-origin", or "none" (typed, opened by another program).
  "same-site" is refused: another port of this computer is the same site.
- Changes are JSON, so that a browser asks before it sends them from elsewhere, and small.
- What tells or changes anything needs cookie and key of one session.
"""

from __future__ import annotations

import asyncio

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from core.model.jsonio import to_json
from core.model.problem import Problem, RefusedError
from core.page.access import Access, Session
from core.page.rules import RULES, Needs, Rule

LARGEST_BODY = 16 * 1024
PATIENCE = 5.0  # seconds that a body may take
KEY_HEADER = "X-Platen-Key"
SESSION: web.RequestKey[Session] = web.RequestKey("session", Session)

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), usb=()",
    "Cache-Control": "no-store",
    "Server": "Platen",
    "Connection": "close",  # each is for one request
}


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on every answer, refusals and faults included."""
    response.headers.update(HEADERS)
    response.force_close()


class Guard:
    """Lets through what may pass. ``port`` is where the page listens."""

    def __init__(self, access: Access, port: int) -> None:
        self._access = access
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.cookie = f"platen-{port}"

    def middleware(self) -> Middleware:
        """Give the middleware for aiohttp."""

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            try:
                rule = self._check(request)
                await _check_body(request, rule)
            except Turned as turned:
                return turned.answer()
            return await handler(request)

        return guard

    def _check(self, request: web.Request) -> Rule:
        hosts = request.headers.getall(hdrs.HOST, [])
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            raise Turned(421, "page_host", "This page has another address.")
        rule = _rule_of(request)
        origins = request.headers.getall(hdrs.ORIGIN, [])
        if any(origin != f"http://{hosts[0].lower()}" for origin in origins):
            raise Turned(403, "page_origin", "This does not come from the page itself.")
        if not _from_here(request, rule):
            raise Turned(403, "page_site", "This comes from another site.")
        if rule.method != "GET" and not origins:
            raise Turned(403, "page_origin", "This does not say which page it comes from.")
        if rule.needs is Needs.SESSION:
            self._check_session(request)
        return rule

    def _check_session(self, request: web.Request) -> None:
        cookie, key = request.cookies.get(self.cookie, ""), request.headers.get(KEY_HEADER, "")
        session = self._access.find(cookie, key)
        if session is None:
            raise Turned(
                401,
                "page_signed_out",
                "You are not signed in.",
                "Open the page with: platen page. Or enter the code of platen page --code.",
            )
        request[SESSION] = session


def _rule_of(request: web.Request) -> Rule:
    at = [rule for rule in RULES if rule.path == request.path]
    if not at:
        raise Turned(404, "page_nothing", "There is nothing here.")
    for rule in at:
        if rule.method == request.method:
            return rule
    raise Turned(405, "page_method", "This is not done this way.")


def _from_here(request: web.Request, rule: Rule) -> bool:
    sites = request.headers.getall("Sec-Fetch-Site", [])
    if not sites or sites == ["same-origin"]:
        return True
    opened = request.headers.get("Sec-Fetch-Mode") == "navigate"
    opened = opened and request.headers.get("Sec-Fetch-Dest") == "document"
    return sites == ["none"] if not rule.document else opened or sites == ["none"]


async def _check_body(request: web.Request, rule: Rule) -> None:
    """Read the body here, where its size and time are bounded; handlers find it read."""
    too_large = Turned(413, "page_too_large", "That is too much.")
    if (request.content_length or 0) > (LARGEST_BODY if rule.method != "GET" else 0):
        raise too_large
    if rule.method == "GET":
        if request.body_exists:
            raise too_large
        return
    if request.content_type != "application/json":
        raise Turned(415, "page_not_json", "Changes are sent as JSON.")
    try:
        async with asyncio.timeout(PATIENCE):
            await request.read()
    except TimeoutError:
        raise Turned(408, "page_slow", "That took too long.") from None
    except web.HTTPRequestEntityTooLarge:
        raise too_large from None


class Turned(RefusedError):  # noqa: N818 - it is an answer
    """A request that is turned away, with its HTTP status."""

    def __init__(self, status: int, code: str, text: str, remedy: str = "") -> None:
        super().__init__(code, text, remedy)
        self.status = status

    def answer(self) -> web.Response:
        """Give the answer."""
        return refuse(self.status, self.problem)


def refuse(status: int, problem: Problem, **headers: str) -> web.Response:
    """Make an answer that says what is wrong."""
    body = to_json({"problem": problem})
    kind = "application/json"
    return web.Response(status=status, text=body, content_type=kind, headers=headers)
