"""Renews the certificate of FOLDER and is killed at the COUNTth time that MOMENT is reached."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from core.uplink import connection, renewal
from core.uplink.line import Line
from tests.support.hub import now


def killed_before(owner: Any, name: str, count: int) -> None:
    whole, left = getattr(owner, name), [count]

    def bomb(*arguments: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(*arguments, **named)

    setattr(owner, name, bomb)


async def renew(folder: Path) -> None:
    enrolment = connection.load(folder)
    assert enrolment is not None
    line = Line(enrolment, 10)
    renewed = await renewal.renew(enrolment, folder, line, now)
    await line.take_over(renewed)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    moment, count = sys.argv[1], int(sys.argv[2])
    owners: dict[str, Any] = {"replace": Path, "fsync": os, "write": os}
    if moment in owners:
        killed_before(owners[moment], moment, count)
    asyncio.run(renew(Path(sys.argv[3])))
