"""Writes the table of docs/snmpv3.md anew: every combination against real agents.

Run it from the project's folder: ``python -m docs.make_snmpv3`` (needs snmpd and snmpsim).
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.support.v3_agents import every_user, snmpd_v3, snmpsim_v3
from tests.support.v3_matrix import measure, render

_PAGE = Path(__file__).with_name("snmpv3.md")
_FROM, _TO = "<!-- table -->\n", "<!-- end of table -->"
_RECORD = "1.3.6.1.2.1.1.1.0|4|A printer\n1.3.6.1.2.1.1.5.0|4|shelf\n"


def main() -> None:
    """Measure and write."""
    users = every_user()
    with snmpd_v3("127.46.0.8", users) as snmpd:
        first = asyncio.run(measure(snmpd))
    with snmpsim_v3("127.46.0.8", _RECORD, users) as sim:
        second = asyncio.run(measure(sim, "public"))
    table = render({"snmpd": first, "snmpsim": second})
    head, _, rest = _PAGE.read_text(encoding="utf-8").partition(_FROM)
    _, _, tail = rest.partition(_TO)
    _PAGE.write_text(f"{head}{_FROM}\n{table}\n{_TO}{tail}", encoding="utf-8")
    sys.stdout.write(table)


if __name__ == "__main__":
    main()
