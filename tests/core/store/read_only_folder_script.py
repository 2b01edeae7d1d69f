"""Opens stores in a folder that this user may not write in, and says in JSON what came.

Root may write everywhere, so it becomes nobody first, once everything is imported.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path

from core.store import StoreError
from core.store.connection import NAME
from tests.support.stored import opened, reading

_NOBODY = 65534


async def _use(folder: Path) -> str:
    try:
        async with opened(folder) as store:
            await store.save_reading(reading(serial="S"))
            return f"{(await store.counts()).readings} stored"
    except StoreError as error:
        return error.problem.code


def main() -> dict[str, str]:
    with tempfile.TemporaryDirectory() as warm:
        asyncio.run(_use(Path(warm)))
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answer = {"before": asyncio.run(_use(folder))}
        folder.chmod(0o500)
        answer["folder"] = asyncio.run(_use(folder))
        (folder / NAME).chmod(0o400)
        answer["file and folder"] = asyncio.run(_use(folder))
        folder.chmod(0o700)
        answer["file"] = asyncio.run(_use(folder))
        (folder / NAME).chmod(0o600)
        answer["after"] = asyncio.run(_use(folder))
    return answer


sys.stdout.write(json.dumps(main()))
