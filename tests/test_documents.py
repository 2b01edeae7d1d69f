"""The documents name what there is."""

from __future__ import annotations

import re

from tests.support.need import ROOT

RECORDS = ROOT / "docs/decisions"


def test_every_record_of_a_decision_is_in_the_index_under_its_own_number() -> None:
    index = (RECORDS / "README.md").read_text("utf-8")
    listed = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\)", index, re.MULTILINE)
    assert [name for _, name in listed] == sorted(p.name for p in RECORDS.glob("0*.md"))
    assert all(name.startswith(f"{number}-") for number, name in listed)
    for _, name in listed:
        said = re.match(r"# (\d+)\. ", (RECORDS / name).read_text("utf-8"))
        assert said is None or int(said[1]) == int(name[:4]), name
