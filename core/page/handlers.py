"""What the routes do. The guard has let each request through, and has read its body."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from aiohttp import web

from core.model.action import (
    ActionKind,
    ConnectionTestArguments,
    EnrolArguments,
    NoArguments,
    PauseArguments,
    SendBundleArguments,
)
from core.model.device import DeviceSummary
from core.model.jsonio import from_builtins, from_json, to_json
from core.model.problem import PlatenError, Problem
from core.model.query import QueryKind
from core.model.status import AgentStatus
from core.page import view_agent, view_devices, view_support, view_work
from core.page.access import SESSION_LIFE, Access, Session
from core.page.doing import AgentPort, Doing
from core.page.guard import SESSION, refuse
from core.page.log import Line, RecentLog

_MOST_DEVICES = 200
_PAUSE = 60  # minutes
_LONGEST = 300  # of a word that was typed
_STARTED = 202
_KINDS = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Parts:
    """What the handlers work with. ``hide`` gives a body or a text as the border lets it out."""

    agent: AgentPort
    access: Access
    doing: Doing
    log: RecentLog
    hide: Callable[[Any], Any]
    cookie: str


class Handlers:
    """One method a route, by the name that ``core.page.rules`` gives it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def shell(self, _: web.Request) -> web.Response:
        """Give the page without anything in it: the box for the code, and the script."""
        return _file("index.html")

    async def style(self, _: web.Request) -> web.Response:
        """Give the style sheet."""
        return _file("page.css")

    async def script(self, _: web.Request) -> web.Response:
        """Give the script."""
        return _file("page.js")

    async def icon(self, _: web.Request) -> web.Response:
        """Give the icon."""
        return _file("icon.svg")

    async def sign_in(self, request: web.Request) -> web.Response:
        """Let in by a link's secret or by the code."""
        given, access = await _body(request), self._parts.access
        if link := _word(given, "link"):
            session = access.open_by_link(link)
            return self._welcome(session) if session else refuse(403, _LINK_USED)
        if (wait := access.wait()) > 0:
            return refuse(429, _TOO_OFTEN, **{"Retry-After": str(int(wait) + 1)})
        session = access.open_by_code(_word(given, "code"))
        return self._welcome(session) if session else refuse(403, _WRONG_CODE)

    def _welcome(self, session: Session) -> web.Response:
        answer = _json({"key": session.key})
        answer.set_cookie(
            self._parts.cookie, session.cookie, path="/", httponly=True, samesite="Strict",
            max_age=int(SESSION_LIFE),
        )  # fmt: skip
        return answer

    async def sign_out(self, request: web.Request) -> web.Response:
        """End the session."""
        self._parts.access.close(request[SESSION])
        answer = _json({})
        answer.del_cookie(self._parts.cookie, path="/", httponly=True, samesite="Strict")
        return answer

    async def view(self, _: web.Request) -> web.Response:
        """Give every section of the page, as HTML."""
        parts = self._parts
        page = await parts.agent.query(QueryKind.STATUS, "", "", 0)
        status = self._shown_status(from_json(page.items[0], AgentStatus))
        found = await parts.agent.query(QueryKind.DEVICES, "", "", _MOST_DEVICES)
        # Each by itself: what is hidden depends on the segment that a device is of.
        rows = [self._shown_device(item) for item in found.items]
        lines: list[Any] = parts.hide(parts.log.lines())
        last = parts.doing.last
        test = last(ActionKind.TEST_CONNECTION)
        pausing, resuming = last(ActionKind.PAUSE), last(ActionKind.RESUME)
        sections = {
            "state": view_agent.state(status),
            "notices": view_agent.notices(status),
            "facts": view_agent.facts(status),
            "schedule": view_agent.schedule(status, pausing, resuming),
            "devices": view_devices.devices(rows, found.total),
            "tests": view_work.tests(test),
            "enrolment": view_work.enrolment(last(ActionKind.ENROL)),
            "support": view_support.support(
                last(ActionKind.PREPARE_BUNDLE),
                last(ActionKind.SEND_BUNDLE),
                enrolled=status.hub.enrolled,
            ),
            "log": view_work.log([from_builtins(line, Line) for line in lines]),
        }
        plain = {name: str(section) for name, section in sections.items()}
        testing = bool(test and test.running)
        return _json({"sections": plain, "testing": testing, "busy": parts.doing.busy})

    def _shown_device(self, item: str) -> DeviceSummary:
        return from_builtins(self._parts.hide(from_json(item, DeviceSummary)), DeviceSummary)

    def _shown_status(self, status: AgentStatus) -> AgentStatus:
        """Hide in what the agent says; its own hub and this page are no secrets here."""
        hidden = from_builtins(self._parts.hide(status), AgentStatus)
        true = status.hub
        hub = replace(
            hidden.hub, address=true.address, hub_name=true.hub_name, customer=true.customer
        )
        return replace(hidden, hub=hub, page=status.page)

    async def pause(self, _: web.Request) -> web.Response:
        """Pause the schedule for an hour."""
        return self._start(ActionKind.PAUSE, PauseArguments(_PAUSE, "asked for on the local page"))

    async def resume(self, _: web.Request) -> web.Response:
        """Resume the schedule."""
        return self._start(ActionKind.RESUME, NoArguments())

    async def test(self, request: web.Request) -> web.Response:
        """Test the way to the hub."""
        hub = _word(await _body(request), "hub")
        return self._start(ActionKind.TEST_CONNECTION, ConnectionTestArguments(hub))

    async def enrol(self, request: web.Request) -> web.Response:
        """Enrol with a code."""
        given = await _body(request)
        arguments = EnrolArguments(_word(given, "hub"), _word(given, "code"))
        return self._start(ActionKind.ENROL, arguments)

    async def logs(self, _: web.Request) -> web.Response:
        """Make a bundle for support, to be looked at."""
        answer = self._start(ActionKind.PREPARE_BUNDLE, NoArguments())
        if answer.status == _STARTED:
            self._parts.doing.forget(ActionKind.SEND_BUNDLE)  # it was of another bundle
        return answer

    async def send(self, _: web.Request) -> web.Response:
        """Send the bundle that was made and shown here, and no other."""
        made = self._parts.doing.last(ActionKind.PREPARE_BUNDLE)
        if made is None or made.running or made.bundle is None:
            return refuse(409, _NOTHING_MADE)
        return self._start(ActionKind.SEND_BUNDLE, SendBundleArguments(made.bundle.reference))

    def _start(self, kind: ActionKind, arguments: object) -> web.Response:
        if self._parts.doing.start(kind, arguments):
            return _json({}, _STARTED)
        return refuse(409, Problem("page_busy", "That is already under way.", "Wait for its end."))


_LINK_USED = Problem(
    "page_link_used",
    "This link does not open the page any more: a link is good once, for a minute.",
    "Make a new one with: platen page. If you have not used it yourself, somebody else has; what "
    "they opened is closed.",
)
_NOTHING_MADE = Problem(
    "page_no_bundle",
    "There is nothing to send yet.",
    "Collect the logs first; then look at what support would get, and send it.",
)
_WRONG_CODE = Problem(
    "page_wrong_code",
    "That is not the code.",
    "Ask for the present one with: platen page --code. A code is good once, for ten minutes.",
)
_TOO_OFTEN = Problem(
    "page_too_often", "Too many codes were tried.", "Wait a minute, or open it with: platen page."
)


def _file(name: str) -> web.Response:
    text = (files("resources") / "page" / name).read_text(encoding="utf-8")
    return web.Response(text=text, content_type=_KINDS[name.rpartition(".")[2]])


def _json(body: object, status: int = 200) -> web.Response:
    return web.Response(status=status, text=to_json(body), content_type="application/json")


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        given = json.loads(await request.read() or b"{}")
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}


def _word(given: dict[str, Any], name: str) -> str:
    word = given.get(name, "")
    return word.strip()[:_LONGEST] if isinstance(word, str) else ""


def guarded(
    handle: Callable[[web.Request], Awaitable[web.Response]],
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Turn the agent's own errors into answers."""

    async def call(request: web.Request) -> web.StreamResponse:
        try:
            return await handle(request)
        except PlatenError as error:
            return refuse(503, error.problem)

    return call
