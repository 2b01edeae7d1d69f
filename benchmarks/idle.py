"""What an agent costs that has nothing to do: memory, processor, times that it wakes the computer.

Usage: idle.py [--seconds N] [--printers N] [--network NET]

A real agent with its page open and its hub's connection up, and 100 simulated printers that
print. First it rests for so many seconds; then what happens in an hour beside that
is done once and weighed: the hourly reading of all printers, spread as the schedule spreads it,
with its delivery, and the check-ins. An hour is 3,600 seconds of rest, one reading and 12
check-ins: the sum of what was measured, not a guess. Then the tray, with the agent beside Qt.
Prints one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from _house import Process, answers, ask, running, screen

from core.channel.client import AgentClient
from core.model.action import ActionKind, CollectArguments, NoArguments

HOUR = 3600.0
CHECK_INS = 12
SETTLED = 20.0  # seconds after the last work, before rest is measured
BUDGET = {"resident_mb": 75.0, "resident_with_tray_mb": 110.0, "cpu_percent": 0.2}


async def _do(folder: Path, kind: ActionKind, arguments: Any) -> None:
    client = await AgentClient.connect(folder)
    try:
        async for _ in client.do(kind, arguments):
            pass
    finally:
        await client.close()


async def _all_delivered(folder: Path) -> dict[str, Any]:
    client = await AgentClient.connect(folder)
    try:
        while (found := await client.status()).waiting:  # noqa: ASYNC110 - asked, not told
            await asyncio.sleep(0.2)
    finally:
        await client.close()
    return {
        "devices": found.devices,
        "enrolled": found.hub.enrolled,
        "page": found.page.url if found.page else None,
    }


def _work(process: Process, folder: Path, kind: ActionKind, arguments: Any) -> dict[str, Any]:
    """Do one thing and give what it cost, the client's own share of the agent's work included."""
    before, began = process.used(), time.monotonic()
    asyncio.run(_do(folder, kind, arguments))
    asyncio.run(_all_delivered(folder))
    after = process.used()
    return {
        "cpu_seconds": round(after.cpu - before.cpu, 3),
        "wall_seconds": round(time.monotonic() - began, 1),
    }


def _rest(process: Process, seconds: float) -> dict[str, Any]:
    time.sleep(SETTLED)
    before, began = process.used(), time.monotonic()
    time.sleep(seconds)
    after, took = process.used(), time.monotonic() - began
    return {
        "seconds": round(took, 1),
        "cpu_seconds": round(after.cpu - before.cpu, 3),
        "cpu_percent": round(100 * (after.cpu - before.cpu) / took, 4),
        "woken_per_second": round((after.woken - before.woken) / took, 2),
        **process.memory(),
    }


def _hour(process: Process, folder: Path, seconds: float, spread: float) -> dict[str, Any]:
    rest = _rest(process, seconds)
    reading = _work(process, folder, ActionKind.COLLECT, CollectArguments(spread=spread))
    check_in = _work(process, folder, ActionKind.CHECK_IN, NoArguments())
    awake = rest["cpu_seconds"] / rest["seconds"] * HOUR
    total = awake + reading["cpu_seconds"] + CHECK_INS * check_in["cpu_seconds"]
    return {
        "rest": rest,
        "hourly_reading": reading,
        "one_check_in": check_in,
        "cpu_seconds_an_hour": round(total, 2),
        "cpu_percent": round(100 * total / HOUR, 4),
        "after_reading": process.memory(),
    }


def _prepare(folder: Path, hub: Process, network: str) -> dict[str, Any]:
    words = dict(word.split("=") for word in hub.line().split() if "=" in word)
    agent, data = str(folder / "agent"), str(folder / "hub")
    code = ask("hub", "code", "--customer", "C", "--json", "--data", data)["code"]
    ask("app", "enrol", "--hub", words["enrolment"], "--code", code, "--data", agent)
    ask("app", "scan", "--fast", network, "--port", "1161", "--data", agent)
    ask("app", "collect", "--data", agent)
    return asyncio.run(_all_delivered(folder / "agent"))


def measure(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Do it all in ``folder``."""
    agent, log = folder / "agent", folder / "log"
    environment = {"PLATEN_SECRETS": "file"}
    ask("hub", "init", "--name", "Dealer", "--data", str(folder / "hub"))
    serve = ("--network", options.network, "--count", str(options.printers), "--json")
    spread = min(1500.0, 1.5 * options.printers)
    listen = ("--listen", "127.0.0.1:0", "--enrol-listen", "127.0.0.1:0")
    with (
        running("-m", "sim", "serve", *serve, log=log),
        running("-m", "hub", "serve", "--data", str(folder / "hub"), *listen, log=log) as hub,
    ):
        told: dict[str, Any] = {"printers": options.printers}
        start = ("-m", "app", "agent", "--data", str(agent))
        with running(*start, log=log, environment=environment) as process:
            process.line()
            told |= _prepare(folder, hub, options.network)
            if told["devices"] != options.printers:
                raise SystemExit(f"{told['devices']} of {options.printers} printers were found")
            told["first_day"] = process.memory()  # it has just searched and read for the first time
        # As it is from the second day on: started, with everything known.
        with running(*start, log=log, environment=environment) as process:
            process.line()
            told["agent"] = _hour(process, agent, options.seconds, spread)
            with urllib.request.urlopen(told.pop("page")) as page:
                page.read()
            told["agent"]["after_a_visit_to_the_page"] = process.memory()
        with screen() as shown:
            start = ("-m", "app", "tray", "--data", str(agent))
            with running(*start, log=log, environment=environment | shown) as process:
                asyncio.run(answers(agent))
                told["tray"] = {"screen": shown["QT_QPA_PLATFORM"]}
                told["tray"] |= _rest(process, min(60.0, options.seconds))
    return told


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=180.0, help="how long it rests")
    parser.add_argument("--printers", type=int, default=100)
    parser.add_argument("--network", default="127.61.0.0/24")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="platen-idle-") as folder:
        told = measure(Path(folder), options)
    told["budget"] = BUDGET
    told["met"] = {
        "resident_mb": told["agent"]["rest"]["resident_mb"] <= BUDGET["resident_mb"],
        "resident_with_tray_mb": told["tray"]["resident_mb"] <= BUDGET["resident_with_tray_mb"],
        "cpu_percent": told["agent"]["cpu_percent"] <= BUDGET["cpu_percent"],
    }
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
