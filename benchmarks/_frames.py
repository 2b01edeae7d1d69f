"""How long frames of the map take: a visible window, a real agent with real (simulated) printers.

A *frame* is one step (the map moved, zoomed, or left as it is) and the painting of it; a *turn* is
that with all else that the window's loop had to do meanwhile: events taken in, labels placed.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from _house import answers, running
from PySide6.QtCore import QPointF

from app.main import close_workers, connect, make_workers
from app.ui.scan.form import ScanForm
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker, LinkState
from core.model.action import ActionKind, CollectArguments
from tests.support.qt_loop import until

FRAMES = 120
LEVELS = (None, 500, 100)  # printers in sight; None: all of them
_PORT = 1161
_PATIENCE = 600.0


@contextmanager
def site(folder: Path, network: str, printers: int) -> Iterator[Path]:
    """Run printers and an agent that knows nothing of them; gives the agent's folder."""
    log, agent = folder / "log", folder / "agent"
    serve = ("-m", "sim", "serve", "--network", network, "--count", str(printers), "--json")
    start = ("-m", "app", "agent", "--data", str(agent))
    with (
        running(*serve, log=log) as simulated,
        running(*start, log=log, environment={"PLATEN_SECRETS": "file"}) as process,
    ):
        json.loads(simulated.line())
        process.line()
        yield agent


class OnAgent:
    """A visible window on the agent of a folder."""

    def __init__(self, folder: Path, size: tuple[int, int]) -> None:
        self.workers = make_workers(ConnectionWorker(folder, connect))
        self.window = MainWindow(self.workers)
        self.window.resize(*size)
        self.window.show()
        self.window.open_view("map")
        self.canvas = self.window.map.canvas
        self.scene = self.window.scene
        self.workers.connection.start()

    async def close(self) -> None:
        """End the window."""
        await close_workers(self.workers)
        self.window.close()

    # --- measuring ------------------------------------------------------------------------------

    async def frames(self, step: Callable[[int], None], count: int = FRAMES) -> dict[str, Any]:
        """Paint so many frames, one after the other."""
        frames, turns = await self._timed(step, count)
        return {"frame_ms": spread(frames), "turn_ms": spread(turns)}

    async def _timed(
        self, step: Callable[[int], None], count: int
    ) -> tuple[list[float], list[float]]:
        frames, turns = [], []
        for number in range(count):
            begun = time.perf_counter()
            step(number)
            self.canvas.viewport().repaint()
            painted = time.perf_counter()
            await asyncio.sleep(0)  # the loop of Qt and asyncio turns once
            frames.append(painted - begun)
            turns.append(time.perf_counter() - begun)
        return frames, turns

    def pan(self, number: int) -> None:
        """Move the map, to and fro."""
        bar = self.canvas.horizontalScrollBar()
        bar.setValue(bar.value() + (7 if number % 60 < 30 else -7))

    def zoom(self, number: int) -> None:
        """Zoom, in and out again."""
        self.canvas.show_zoom(self.canvas.zoom * (1.02 if number % 20 < 10 else 1 / 1.02))

    def stand(self, _number: int) -> None:
        """Do nothing: what changes comes from the agent."""

    def in_sight(self) -> int:
        """Count the printers in sight."""
        room = self.canvas.viewport().rect()
        return sum(room.contains(self.canvas.spot(node.key)) for node in self.scene.nodes)

    async def go_to(self, wanted: int | None) -> int:
        """Show about so many printers, where they stand closest; gives how many are in sight."""
        self.canvas.fit()
        if wanted is not None and wanted < len(self.scene.nodes):
            arc = max(self.scene.by_arc(), key=lambda one: len(one[1]))
            nodes = [self.scene.node(key) for key in arc[1]]
            spots = [node.spot for node in nodes if node is not None]
            middle = sum(spots, QPointF()) / len(spots)
            low, high = self.canvas.zoom, 6.0
            for _ in range(14):
                self.canvas.show_zoom((low * high) ** 0.5)
                self.canvas.centerOn(middle)
                if self.in_sight() > wanted:
                    low = self.canvas.zoom
                else:
                    high = self.canvas.zoom
        await asyncio.sleep(0.5)
        return self.in_sight()

    async def level(self, wanted: int | None) -> dict[str, Any]:
        """Time moving, zooming, and moving while printers change, with so many in sight."""
        return {
            "in_sight": await self.go_to(wanted),
            "zoom": round(self.canvas.zoom, 2),
            "panning": await self.frames(self.pan),
            "zooming": await self.frames(self.zoom),
            "live": await self.collecting(),
        }

    # --- what happens on the agent --------------------------------------------------------------

    async def search(self, networks: list[str]) -> dict[str, Any]:
        """Search these networks and read what is found; measure meanwhile."""
        discovery = self.workers.discovery
        form = ScanForm(" ".join(networks), _PORT, remember=True, fast=True)
        discovery.start(form.arguments(()))
        await until(lambda: discovery.running, "the search")
        frames: list[float] = []
        turns: list[float] = []
        begun = time.monotonic()
        while discovery.running and time.monotonic() - begun < _PATIENCE:
            some = await self._timed(self.stand, 30)
            frames += some[0]
            turns += some[1]
            await asyncio.sleep(0.25)
        told = {"frame_ms": spread(frames), "turn_ms": spread(turns)}
        return told | {"seconds": round(time.monotonic() - begun, 1)}

    async def collecting(self) -> dict[str, Any]:
        """Measure while the agent reads all printers again."""
        before = {node.key: node.summary for node in self.scene.nodes}
        task = asyncio.ensure_future(self._collect())
        await asyncio.sleep(1.0)
        told = await self.frames(self.pan)
        changed = sum(before.get(n.key) is not n.summary for n in self.scene.nodes)
        await _ended(task)
        return told | {"printers_that_changed_meanwhile": changed}

    async def _collect(self) -> None:
        client = self.workers.connection.client()
        async for _ in client.do(ActionKind.COLLECT, CollectArguments()):
            pass


async def _ended(task: asyncio.Future[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def spread(times: list[float]) -> dict[str, float]:
    """Give median, 95th of a hundred, and worst, of seconds in milliseconds."""
    rising = sorted(times)
    told = {
        "median": rising[len(rising) // 2],
        "p95": rising[int(len(rising) * 0.95)],
        "worst": rising[-1],
    }
    return {name: round(1000 * value, 1) for name, value in told.items()}


def networks_of(network: str) -> list[str]:
    """Divide a network into those of 254 addresses: each is a segment of the map."""
    whole = ipaddress.ip_network(network)
    return [str(part) for part in whole.subnets(new_prefix=max(24, whole.prefixlen))]


async def measure(
    folder: Path, network: str, printers: int, size: tuple[int, int]
) -> dict[str, Any]:
    """Fill the map by a search, and time it from afar and from near by."""
    with site(folder, network, printers) as agent:
        await answers(agent)
        opened = OnAgent(agent, size)
        told: dict[str, Any] = {"window": list(size)}
        try:
            await until(
                lambda: opened.workers.connection.link.state is LinkState.CONNECTED, "the agent"
            )
            told["searching"] = await opened.search(networks_of(network))
            told["printers"] = len(opened.scene.nodes)
            for wanted in LEVELS:
                told["all" if wanted is None else f"about_{wanted}"] = await opened.level(wanted)
        finally:
            await opened.close()
    return told
