"""How quick the window is: first picture, the list, the map. Prints one JSON object.

``python benchmarks/window.py [--devices 10000] [--map 2000] [--only map|list]``, on the screen of
``DISPLAY``, else on one in memory (Xvfb). The list's devices come from an agent in memory, so what
is measured there is the window alone (``_list.py``, beside a plain table of Qt's as the peer). The
map is a visible window on a real agent, which searches and reads simulated printers meanwhile
(``_frames.py``). The first picture is timed from the start of a process, from source, cold (root
alone can empty the caches of files) and warm: a frozen bundle starts otherwise.
Budgets: first picture 1.5 s; no turn of the loop over 50 ms; filter and sort under 100 ms; a frame
of the map 16.7 ms (median).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import qasync
from _frames import measure
from _house import screen
from _list import BUDGETS, the_list
from PySide6.QtWidgets import QApplication

from app.qt_process import finish, make_application
from tests.support.qt_loop import QtLoop


def main() -> None:
    """Measure everything, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=10_000)
    parser.add_argument("--map", type=int, default=2_000)
    parser.add_argument("--network", default="127.69.0.0/21", help="where the map's printers are")
    parser.add_argument("--size", default="1280x800", help="of the map's window")
    parser.add_argument("--only", choices=("map", "list"))
    given = parser.parse_args()
    wide, high = (int(side) for side in given.size.split("x"))
    with ExitStack() as stack:
        if not {"DISPLAY", "QT_QPA_PLATFORM"} & os.environ.keys():
            os.environ |= stack.enter_context(screen())
        application = make_application(sys.argv[:1])
        whole = qasync.QEventLoop(application)
        asyncio.set_event_loop(whole)
        told: dict[str, object] = {"platform": QApplication.platformName()}
        if given.only != "map":
            loop = QtLoop(application)
            told |= the_list(loop, given.devices)
            loop.close()
            asyncio.set_event_loop(whole)
        if given.only != "list":
            with tempfile.TemporaryDirectory(prefix="platen-map-") as folder:
                told["map"] = finish(
                    whole, measure(Path(folder), given.network, given.map, (wide, high))
                )
        told["budgets"] = BUDGETS
        print(json.dumps(told, indent=1))
        whole.close()


if __name__ == "__main__":
    main()
