"""``platen demo``: everything on this machine alone, in processes of its own, by public commands.

Simulated printers, a hub and an agent are started; the agent is enrolled, searches, reads and
delivers; then it is counted what really was found, read and delivered.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from app.commands.children import Child, ChildError, Children, signals_end_it
from app.commands.common import say_line, stderr, stdout
from app.commands.tables import level
from core.model.device import DeviceSummary
from core.model.event import EventKind, Finished
from core.model.identity import Endpoint, Identity
from core.model.jsonio import from_builtins, from_json
from core.model.reading import Supply, SupplyKind
from core.model.status import AgentStatus

NETWORK = "127.20.0.0/24"
PORT = 1161
CUSTOMER = "Harbour Street Dental"
READY, STEP, DELIVERY = 30.0, 60.0, 30.0  # seconds that starting, a step and delivery may take
WIDE = 180
LINUX = sys.platform.startswith("linux")  # elsewhere, 127.0.0.1 is all there is of loopback
_SHORT = {"black": "K", "cyan": "C", "magenta": "M", "yellow": "Y"}
_FILLING = (SupplyKind.TONER, SupplyKind.INK, SupplyKind.RIBBON)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was really seen: by the search, by the reading, and at the hub."""

    found: int
    read: int
    delivered: int

    def __str__(self) -> str:
        return f"found {self.found}, read {self.read}, delivered {self.delivered}"


def demo(*, headless: bool, printers: int, keep: Path | None = None) -> int:
    """Run the demo; 0 only if every printer was found, read and delivered.

    With a display and not ``headless``, the window opens on it and all runs until it is closed.
    ``keep`` names a folder for the data, which else is deleted.
    """
    window = not headless
    if window and not _has_display():
        say("no display ($DISPLAY and $WAYLAND_DISPLAY are not set), so there will be no window")
        window = False
    # A demonstration writes nothing into the keyring of whoever runs it.
    os.environ["PLATEN_SECRETS"] = "file"
    with ExitStack() as stack:
        stack.enter_context(signals_end_it())
        folder = _folder(keep, stack)
        children = stack.enter_context(Children(folder))
        try:
            counts = Demo(children, folder).run(printers, window=window)
        except ChildError as error:
            stderr.print(f"platen demo: {error}", markup=False)
            return 1
        except KeyboardInterrupt:
            stderr.print("platen demo: interrupted")
            return 130
    say_line(str(counts))
    return 0 if counts == Counts(printers, printers, printers) else 1


def say(text: str) -> None:
    """Say on standard error what is being done."""
    stderr.print(f"demo: {text}", markup=False)


def _has_display() -> bool:
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _folder(keep: Path | None, stack: ExitStack) -> Path:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        return keep.absolute()
    made = tempfile.TemporaryDirectory(prefix="platen-demo-", ignore_cleanup_errors=True)
    return Path(stack.enter_context(made))


def _command(module: str, *arguments: str) -> list[str]:
    # By module, so that it works where the programs are not on the PATH.
    # -P: never a module of the folder it is started in.
    return [sys.executable, "-P", "-m", module, *arguments]


class Demo:
    """One run of the demo in ``folder``."""

    def __init__(self, children: Children, folder: Path) -> None:
        self._children = children
        self._agent = str(folder / "agent")
        self._hub = str(folder / "hub")

    def run(self, printers: int, *, window: bool) -> Counts:
        """Do it all and give the counts; raises ``ChildError`` where a process fails."""
        targets = self._start_printers(printers)
        self._start_hub_and_agent()
        begin = time.monotonic()
        found = self._action("scan", "--fast", *targets).get("found", 0)
        say(f"searched: {found} printers in {time.monotonic() - begin:.1f} s")
        begin = time.monotonic()
        read = self._action("collect").get("read", 0)
        say(f"read: {read} printers in {time.monotonic() - begin:.1f} s")
        opened = self._open_window() if window else None
        self._wait_for_delivery()
        self._show()
        delivered = self._delivered()
        if opened is not None:
            say("the window is open; the demo ends when it is closed")
            if (status := opened.wait()) != 0:
                raise opened.error(f"ended with status {status}")
        return Counts(found, read, delivered)

    # --- the processes

    def _start_printers(self, count: int) -> list[str]:
        """Start the printers; give what to search for them."""
        where = ["--network", NETWORK] if LINUX else ["--single-address"]
        places = [*where, "--count", str(count), "--port", str(PORT)]
        child = self._children.start("printers", _command("sim", "serve", *places))
        addresses = child.wait_for("ready ", READY).split()[2:]
        say(f"{len(addresses)} simulated printers answer")
        if LINUX:
            return [NETWORK, "--port", str(PORT)]
        return addresses

    def _start_hub_and_agent(self) -> None:
        self._platen_hub("init", "--data", self._hub)
        listen = ["--listen", "127.0.0.1:0", "--enrol-listen", "127.0.0.1:0"]
        hub = self._children.start("hub", _command("hub", "serve", "--data", self._hub, *listen))
        agent = self._children.start("agent", _command("app", "agent", "--data", self._agent))
        words = hub.wait_for("hub ready ", READY).split()[2:]
        doors = dict(word.split("=", 1) for word in words if "=" in word)
        agent.wait_for("agent ready", READY)
        say("the hub and the agent are ready")
        made = self._platen_hub("code", "--data", self._hub, "--customer", CUSTOMER, "--json")
        code = str(_objects(made)[0]["code"])
        self._platen("enrol", "--hub", doors["enrolment"], "--code", code)
        say(f"the agent is enrolled for {CUSTOMER}")

    def _open_window(self) -> Child:
        self._choose_one()
        return self._children.start("window", _command("app", "--data", self._agent))

    def _choose_one(self) -> None:
        """Let the window open on a printer with its details: the first in its list that counts."""
        from app.ui import window_state  # noqa: PLC0415 - Qt, for the window alone

        rows = [
            from_builtins(row, DeviceSummary) for row in _objects(self._platen("devices", "--json"))
        ]
        counting = [one for one in rows if one.latest and "total" in one.latest.meters]
        state = window_state.load(Path(self._agent))
        if counting and not state.device:
            first = min(counting, key=lambda one: one.device.identity.location or "\uffff")
            state.device = first.device.key
            window_state.save(state, Path(self._agent))

    def _platen(self, name: str, *arguments: str) -> str:
        command = _command("app", name, *arguments, "--data", self._agent)
        return self._children.run(f"platen {name}", command, STEP)

    def _platen_hub(self, name: str, *arguments: str) -> str:
        return self._children.run(f"platen-hub {name}", _command("hub", name, *arguments), STEP)

    # --- what it does and sees

    def _action(self, name: str, *arguments: str) -> dict[str, int]:
        """Let the agent do something; give the figures of its last event."""
        for event in reversed(_objects(self._platen(name, *arguments, "--json"))):
            if event.get("kind") == EventKind.ACTION_FINISHED.value:
                return from_builtins(event["body"], Finished).counts
        raise ChildError(f"platen {name} ended without saying what it did")

    def _wait_for_delivery(self) -> None:
        end = time.monotonic() + DELIVERY
        while True:
            status = from_json(self._platen("status", "--json"), AgentStatus)
            if status.waiting == 0:
                return
            if time.monotonic() > end:
                problem = status.hub.problem
                why = f": {problem.text}" if problem else ""
                raise ChildError(
                    f"{status.waiting} readings still wait to be delivered "
                    f"after {DELIVERY:g} s{why}"
                )
            time.sleep(0.3)

    def _delivered(self) -> int:
        """Count the printers of which the hub really has a reading."""
        return len(_printers(_objects(self._platen_hub("readings", "--data", self._hub, "--json"))))

    def _show(self) -> None:
        rows = _objects(self._platen("devices", "--json"))
        # A file or a pipe has no width: one line a printer reads best there.
        console = stdout if stdout.is_terminal or "COLUMNS" in os.environ else Console(width=WIDE)
        console.print(_table([from_builtins(row, DeviceSummary) for row in rows]))


def _objects(output: str) -> list[dict[str, Any]]:
    """Read one JSON object a line."""
    return [json.loads(line) for line in output.splitlines() if line.strip()]


def _printers(rows: Sequence[dict[str, Any]]) -> set[str]:
    """Give the keys of the devices that these readings at the hub are of."""
    keys = set()
    for row in rows:
        device = row["device"]
        keys.add(str(device["key"] if isinstance(device, dict) else device))
    return keys


def _table(rows: Sequence[DeviceSummary]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("Address", "Vendor", "Model", "Serial"):
        table.add_column(name, no_wrap=name in ("Address", "Serial"))
    table.add_column("Total", justify="right", no_wrap=True)
    for name in ("Supplies", "State"):
        table.add_column(name)
    for row in sorted(rows, key=lambda row: _order(row.device.endpoint)):
        endpoint, identity, latest = row.device.endpoint, row.device.identity, row.latest
        total = latest.meters.get("total") if latest else None
        table.add_row(
            endpoint.address if LINUX else str(endpoint),
            identity.vendor or "?",
            _model(identity),
            identity.serial or "?",
            "?" if total is None else f"{total:,}",
            _supplies(latest.supplies) if latest else "",
            ", ".join([latest.status.state, *latest.status.conditions]) if latest else "not read",
        )
    return table


def _order(endpoint: Endpoint) -> tuple[list[int], int]:
    return [int(part) for part in endpoint.address.split(".")], endpoint.port


def _model(identity: Identity) -> str:
    """Give the model without the vendor that stands before it."""
    model, vendor = identity.model or "?", identity.vendor or ""
    if vendor and model.lower().startswith(f"{vendor.lower()} "):
        return model[len(vendor) + 1 :]
    return model


def _supplies(rows: Sequence[Supply]) -> str:
    """Give what is printed with in short: "K 62 %, C 8 %", "KCMY some left", or "none told"."""
    shown: dict[str, str] = {}
    for row in rows:
        if row.kind in _FILLING:
            name = _SHORT.get(row.color or "") or f"{row.color or row.kind} "
            shown[level(row)] = shown.get(level(row), "") + name
    return ", ".join(f"{names.strip()} {text}" for text, names in shown.items()) or "none told"
