"""Where a value comes from, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.ui.origin import explain
from core.model.provenance import Confidence, Provenance, Source
from tests.support.sample_devices import summary
from tests.support.sample_readings import reading

READING = reading(summary(0))


def test_a_sentence_then_the_evidence() -> None:
    origin = explain(READING, "meters.total", "447,720")
    assert origin is not None
    assert origin.question == "Where does 447,720 come from?"
    assert origin.sentence.startswith("Kyocera's own value, known to its profile, read by SNMP at ")
    assert origin.evidence == ("1.3.6.1.4.1.1347.43.10.1.1.12.1.1 = 447720",)
    assert origin.rule == "Rule: kyocera"
    assert origin.remarks == (READING.notes[0].text,)


def test_every_place_asked_is_shown_with_what_it_said() -> None:
    origin = explain(READING, "supplies[1.1].level_percent", "80 %")
    assert origin is not None
    assert len(origin.evidence) == 2
    assert all(" = " in line for line in origin.evidence)
    assert origin.remarks == ()


@pytest.mark.parametrize(
    ("confidence", "source", "words"),
    [
        (Confidence.STANDARD, Source.IPP, "A standard value, read by IPP"),
        (Confidence.DOUBTFUL, Source.SNMP, "A doubtful value, read by SNMP"),
        (Confidence.SCRIPT, Source.SCRIPT, "A value set by a dealer's script"),
    ],
)
def test_how_far_it_may_be_trusted(confidence: Confidence, source: Source, words: str) -> None:
    provenance = {"meters.total": Provenance(source, ("x",), (), "r", confidence)}
    origin = explain(replace(READING, provenance=provenance), "meters.total", "1")
    assert origin is not None
    assert origin.sentence.startswith(words)
    assert origin.evidence == ("x",)
    assert ("Sources disagree" in origin.sentence) == (confidence is Confidence.DOUBTFUL)


def test_a_value_that_was_learned_before_says_when() -> None:
    origin = Provenance(Source.SNMP, ("x",), ("1",), "r", learned_at="2025-12-24T10:00:00Z")
    told = explain(replace(READING, provenance={"identity.model": origin}), "identity.model", "M")
    now = explain(
        replace(READING, provenance={"identity.model": replace(origin, learned_at=None)}),
        "identity.model",
        "M",
    )
    assert told is not None
    assert now is not None
    assert told.sentence != now.sentence
    assert "2025" in told.sentence


def test_what_nobody_knows_is_not_explained() -> None:
    assert explain(READING, "meters.fax", "3") is None


def test_it_can_be_pasted() -> None:
    origin = explain(READING, "meters.total", "447,720")
    assert origin is not None
    lines = origin.as_text().splitlines()
    assert lines[0] == origin.question
    assert lines[2] == origin.evidence[0]
    assert "\u200b" not in origin.as_text()
