"""Every combination of SNMPv3 against net-snmp's snmpd and snmpsim."""

from __future__ import annotations

import sys

from tests.support.need import ROOT
from tests.support.v3_matrix import measure, render


async def test_every_combination_works_with_both(agents, capsys):
    where = {"snmpd": (agents.snmpd, ""), "snmpsim": (agents.snmpsim, "public")}
    table = {name: await measure(*each) for name, each in where.items()}
    with capsys.disabled():
        sys.stdout.write("\n" + render(table) + "\n")
    for matrix in table.values():
        assert len(matrix) == 43
        assert set(matrix.values()) == {"ok"}


def test_the_documentation_holds_the_table():
    text = (ROOT / "docs" / "snmpv3.md").read_text(encoding="utf-8")
    assert text.count("| sha512 | ok |") == 2
