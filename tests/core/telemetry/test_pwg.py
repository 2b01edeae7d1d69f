from __future__ import annotations

from dataclasses import replace

from core.model.provenance import Confidence
from core.telemetry import oids
from core.telemetry.pwg import pwg_meters
from core.telemetry.reader import read_printers
from core.telemetry.shape_visit import visit_printers
from core.telemetry.snapshot import Snapshot
from tests.support.recorded import RecordedAgent, values
from tests.support.repeat import AGAIN, ENDPOINT, FIRST, plain

PWG = "e.2699.1.3.1."
# icServiceKey by type and index, then counters by key, workTotals(3), lifetime(3)
SERVICES: dict[str, int] = {
    f"{PWG}1.2.0": 5,
    f"{PWG}3.1.1.3.3.1": 1,  # systemTotals
    f"{PWG}3.1.1.3.4.1": 2,  # copy
    f"{PWG}3.1.1.3.11.1": 3,  # print
    f"{PWG}3.1.1.3.11.2": 4,  # print, a second one
    f"{PWG}3.1.1.3.12.1": 5,  # scan
    f"{PWG}8.1.1.4.1.3.3": 900,
    f"{PWG}8.1.1.5.1.3.3": 600,
    f"{PWG}8.1.1.7.1.3.3": 280,
    f"{PWG}8.1.1.8.1.3.3": 20,
    f"{PWG}8.1.1.4.2.3.3": 100,
    f"{PWG}8.1.1.4.2.3.4": 1,  # since power on: not a meter
    f"{PWG}8.1.1.4.2.7.3": 7,  # maintenance work: not a meter
    f"{PWG}8.1.1.4.3.3.3": 500,
    f"{PWG}8.1.1.4.4.3.3": 300,
    f"{PWG}7.1.1.4.5.3.3": 77,
    f"{PWG}10.1.1.4.1.3.3": 850,
}
PRINTER = {"sys.1.0": "Some MFP", "prt.10.2.1.4.1.1": 910, "prt.10.2.1.3.1.1": 7}


def test_services() -> None:
    found = pwg_meters(Snapshot(values(SERVICES)))
    assert {name: o.value for name, o in found.items()} == {
        "total": 900, "mono": 600, "color": 300, "copy": 100, "print": 800, "scan": 77,
        "sheets": 850,
    }  # fmt: skip
    assert (
        found["color"].provenance.rule
        == "icImpressionFullColorImps + icImpressionHighlightColorImps"
    )
    assert found["print"].provenance.confidence is Confidence.STANDARD
    assert len(found["print"].provenance.refs) == 4


def test_no_such_mib() -> None:
    assert pwg_meters(Snapshot(values({f"{PWG}8.1.1.4.1.3.3": 9}))) == {}


def test_what_is_not_counted_is_not_known() -> None:
    rows = SERVICES | {f"{PWG}8.1.1.4.4.3.3": -2, f"{PWG}3.1.1.3.7.1": -1}
    found = pwg_meters(Snapshot(values(rows)))
    assert "print" not in found  # one of the two services does not tell
    assert "fax" not in found


async def test_in_a_reading() -> None:
    agent = RecordedAgent(values(PRINTER | SERVICES))
    (reading,) = await read_printers(agent, ENDPOINT, FIRST)
    assert reading.meters["total"] == 900
    assert reading.engine_life is not None
    assert reading.engine_life.value == 910
    (note,) = [n for n in reading.notes if n.code == "life_differs"]
    assert "icImpressionTotalImps" in note.text


async def test_absent_is_remembered_and_present_is_fresh() -> None:
    agent = RecordedAgent(values(PRINTER))
    first = await visit_printers(agent, ENDPOINT, FIRST)
    agent.asked.clear()
    await visit_printers(agent, ENDPOINT, AGAIN, known=first.known)
    assert not [name for name in agent.asked if name[:9] == (*oids.ENTERPRISES, 2699, 1, 3)]

    agent = RecordedAgent(values(PRINTER | SERVICES))
    first = await visit_printers(agent, ENDPOINT, FIRST)
    agent.values |= values({f"{PWG}8.1.1.4.2.3.3": 101})
    second = await visit_printers(agent, ENDPOINT, AGAIN, known=first.known)
    assert second.relearned is None
    assert second.readings[0].meters["copy"] == 101
    whole = await read_printers(agent, ENDPOINT, AGAIN)
    assert plain(second.readings) == plain(replace(r) for r in whole)
