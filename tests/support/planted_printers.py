"""``python -m sim``, with printers that would tell of people's jobs to whoever asks for them."""

from __future__ import annotations

import sys

from core.snmp.types import parse_oid
from sim import printer
from sim.__main__ import main
from sim.layout import Layout, text
from sim.spec import Spec
from tests.support.canary_values import JOBS

_private = printer.add_private


def _planted(layout: Layout, spec: Spec) -> None:
    _private(layout, spec)
    for oid, told in JOBS.items():
        layout.instance(parse_oid(oid), text(told))


if __name__ == "__main__":
    printer.add_private = _planted
    sys.exit(main(sys.argv[1:]))
