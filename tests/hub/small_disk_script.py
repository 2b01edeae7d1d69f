"""Delivers to a hub on a small disk (its argument) until it is full, makes room and goes on.

Says in JSON what became of it.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import sys
from pathlib import Path
from random import Random

from core.model.problem import PlatenError
from core.uplink.delivery import Deliverer, Surroundings
from core.uplink.enrolment import enrol
from hub.listening import Listening
from hub.serve import HubServer
from tests.support.hub import Hub, applicant, now
from tests.support.outbox import MemoryOutbox, item

ANY = Listening("127.0.0.1:0", "127.0.0.1:0")
COUNT = 6000


async def main(disk: Path, elsewhere: Path) -> dict[str, object]:
    hub = Hub(disk / "hub")
    hub.make()
    server = HubServer(hub.folder, ANY, now)
    await server.start()
    hub.enrolment = server.enrolment_address
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * 6_000_000)
    enrolment = await hub.enrolled(elsewhere)
    late_code = hub.code()
    outbox = MemoryOutbox(*map(item, range(COUNT)))
    deliverer = Deliverer(outbox, enrolment, Surroundings(now, Random(1)), lambda _: None)
    answer: dict[str, object] = {"full": await problem_of(deliverer.deliver_all())}
    acknowledged = set(outbox.acknowledged)
    stored = set(hub.keys_of(enrolment))
    answer["lost"] = len(acknowledged - stored)
    answer["acknowledged"] = 0 < len(acknowledged) < COUNT
    answer["kept by the agent"] = acknowledged | set(outbox.items) == {
        f"k{number}" for number in range(COUNT)
    }
    answer["again"] = await problem_of(deliverer.deliver_all())
    fill(disk / "rest")
    answer["enrolment"] = await problem_of(
        enrol(hub.enrolment, late_code, elsewhere / "late", applicant(), now)
    )
    ballast.unlink()
    answer["with room"] = await problem_of(deliverer.deliver_all())
    answer["enrolment with room"] = await problem_of(
        enrol(hub.enrolment, late_code, elsewhere / "late", applicant(), now)
    )
    keys = hub.keys_of(enrolment)
    answer["in the end"] = len(keys) == len(set(keys)) == COUNT
    await deliverer.close()
    await server.stop()
    with sqlite3.connect(hub.folder / "hub.sqlite") as db:
        answer["integrity"] = db.execute("PRAGMA integrity_check").fetchone()[0]
    db.close()
    return answer


async def problem_of(work: object) -> str:
    try:
        await work  # type: ignore[misc]
    except PlatenError as error:
        return f"{error.problem.code}: {error.problem.text}"
    return ""


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 1024)
        except OSError:
            pass


if __name__ == "__main__":
    where = Path(sys.argv[1])
    other = where.with_name("elsewhere")
    other.mkdir()
    sys.stdout.write(json.dumps(asyncio.run(main(where, other))))
    shutil.rmtree(other)
