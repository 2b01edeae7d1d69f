"""The local page, served for real on a free port, over a double of the agent; and plain requests
to it, byte by byte, as no browser would send them.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from core.bus import EventBus, Subscription
from core.channel.convert import QueryPage
from core.model.bundle import BundleFile, BundleReady, BundleSent
from core.model.connection import ConnectionStep, StepName, StepResult
from core.model.event import EventKind, Finished, Progress
from core.model.jsonio import from_json, to_builtins, to_json
from core.model.problem import Problem
from core.model.status import AgentStatus
from core.page.guard import KEY_HEADER
from core.page.log import RecentLog
from core.page.server import Page
from tests.support.fake_agent import usual_status

BUNDLE = BundleReady(
    "K7F-3QX", "/data/bundles/platen-K7F-3QX.zip", 1_234_567,
    (BundleFile("logs/agent.log", 9_000_000, "0" * 64, "What the agent <did>"),),
    ("logs/agent.log.4: there was no room for it",),
)  # fmt: skip
TOLD: dict[str, list[tuple[EventKind, Any]]] = {
    "prepare_bundle": [(EventKind.BUNDLE_READY, BUNDLE)],
    "send_bundle": [(EventKind.ACTION_PROGRESS, Progress("bytes", 65_536, BUNDLE.size))],
}
STEP = ConnectionStep(StepName.DNS, "Name of the hub", StepResult.OK, "It is an address.")


@dataclass
class PagedAgent:
    """An ``AgentPort`` that notes what it is told to do."""

    status: AgentStatus = field(default_factory=usual_status)
    devices: tuple[Any, ...] = ()
    done: list[tuple[str, Any, str]] = field(default_factory=list)
    refusal: Problem | None = None
    hangs: bool = False

    def __post_init__(self) -> None:
        self.bus = EventBus(lambda: "2026-01-01T00:00:00Z")

    def do(self, action_id: str, kind: str, arguments: str, origin: str) -> Subscription:
        self.done.append((kind, from_json(arguments, object), str(origin)))
        found = self.bus.subscribe(lambda event: event.action_id == action_id, of_asker=True)
        if self.hangs:
            return found
        if kind == "test_connection":
            self.bus.publish(EventKind.CONNECTION_STEP, STEP, action_id)
        for told, body in TOLD.get(kind, ()):
            self.bus.publish(told, body, action_id)
        if self.refusal is not None:
            self.bus.publish(EventKind.ACTION_FAILED, self.refusal, action_id)
        else:
            if kind == "send_bundle":
                sent = BundleSent(BUNDLE.reference, "A & B Dealers", "2026-01-01T00:00:00Z")
                self.bus.publish(EventKind.BUNDLE_SENT, sent, action_id)
            self.bus.publish(EventKind.ACTION_FINISHED, Finished(text="All done"), action_id)
        self.bus.unsubscribe(found)
        return found

    def unsubscribe(self, subscription: Subscription) -> None:
        self.bus.unsubscribe(subscription)

    async def query(self, kind: str, arguments: str, token: str, size: int) -> QueryPage:
        rows = (self.status,) if kind == "status" else self.devices
        return QueryPage(tuple(map(to_json, rows)), "", len(rows))


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return str(self.told["problem"]["code"])


@dataclass
class Served:
    """A page that is served; ``now`` is its clock, in seconds."""

    agent: PagedAgent
    page: Page
    log: RecentLog
    now: float = 1000.0

    @property
    def port(self) -> int:
        port = self.page.status().port
        assert port is not None
        return port

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def own(self, **more: str | None) -> dict[str, str]:
        """What a browser sends from the page itself; ``None`` leaves a header out."""
        usual: dict[str, str | None] = {
            "Host": self.host,
            "Origin": f"http://{self.host}",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/json",
        }
        usual |= {name.replace("_", "-"): value for name, value in more.items()}
        return {name: value for name, value in usual.items() if value is not None}

    async def ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b""
    ) -> Answer:
        """Send one request as it stands and give the answer."""
        lines = [f"{method} {path} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
        if method == "POST" and not {"Content-Length", "Transfer-Encoding"} & set(headers):
            lines.append(f"Content-Length: {len(body)}")
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            return parse(await asyncio.wait_for(reader.read(), 30))
        finally:
            writer.close()

    async def sign_in(self, link: str = "") -> dict[str, str]:
        """Sign in; give the headers that a browser sends from then on."""
        link = link or self.page.invite().url.partition("#")[2]
        body = json.dumps({"link": link}).encode()
        answer = await self.ask("POST", "/sign-in", self.own(), body)
        assert answer.status == 200, answer
        cookie = answer.headers["set-cookie"].partition(";")[0]
        return self.own(**{"Cookie": cookie, KEY_HEADER: answer.told["key"]})

    async def section(self, headers: dict[str, str], name: str) -> str:
        """Give one section of the view."""
        answer = await self.ask("GET", "/view", headers)
        assert answer.status == 200, answer
        return str(answer.told["sections"][name])


def parse(data: bytes) -> Answer:
    """Take an answer apart."""
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    headers = {name.lower(): value for name, value in pairs}
    return Answer(int(first.split()[1]) if first else 0, headers, body)


@asynccontextmanager
async def served(agent: PagedAgent | None = None, **how: Any) -> AsyncIterator[Served]:
    """Serve a page while the block runs."""
    agent = agent or PagedAgent()
    log = RecentLog(lambda: datetime(2026, 1, 1, tzinfo=UTC))
    made = Served(agent, None, log)  # type: ignore[arg-type]
    made.page = Page(
        agent, how.pop("hide", to_builtins), log, monotonic=lambda: made.now,
        ports=how.pop("ports", (0, 0)), **how,
    )  # fmt: skip
    await made.page.start()
    try:
        yield made
    finally:
        await made.page.stop()


def free_ports(count: int) -> tuple[int, int]:
    """Give the first and last of so many neighbouring ports that are free just now."""
    for first in range(20_100, 32_000, count):
        if all(map(_free, range(first, first + count))):
            return first, first + count - 1
    raise AssertionError("no free ports")


def _free(port: int) -> bool:
    with socket.socket() as trying:
        try:
            trying.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def taken(port: int, address: str = "127.0.0.1") -> socket.socket:
    """Take a port as another program would."""
    other = socket.socket()
    other.bind((address, port))
    other.listen()
    return other


def record(text: str, *arguments: Iterable[object], level: int = logging.WARNING) -> Any:
    """Make a log record."""
    return logging.LogRecord("core.store", level, "", 1, text, arguments, None)
