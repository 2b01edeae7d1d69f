"""What is said of a search while it runs: nothing that is not so."""

from __future__ import annotations

from app.ui.scan import words as scan_words
from app.workers.reckon import Reckoned, reckon, together
from app.workers.scan import Scan
from app.workers.typed import split_targets
from core.discovery.interfaces import Interface
from core.model.action import DiscoverArguments
from core.model.segment import Segment
from tests.support.sample_devices import summary


def test_when_all_are_asked_it_waits_and_promises_no_second() -> None:
    scan = Scan("a", began=0.0, asked=100, addresses=254)
    assert scan.share() == 100 / 254
    assert "about 10 s left" in scan_words.figures(scan, 10.0)
    scan.asked = 254
    assert scan.share() is None
    assert scan.seconds_left(20.0) is None
    assert scan_words.title(scan) == "Waiting for printers that sleep"
    said = scan_words.figures(scan, None)
    assert said == "All 254 addresses asked · 0 printers found · they take up to 30 s"
    scan.to_read, scan.read = 4, 1
    assert (scan.listening, scan.share()) == (False, 0.25)


def test_what_is_found_before_anything_else_is_told_counts() -> None:
    scan = Scan("a", began=0.0)
    assert scan_words.figures(scan, None) == "Getting ready · 0 printers found"
    for number in range(3):
        scan.take_found(summary(number))
    assert scan_words.figures(scan, None) == "3 printers found"


def test_the_time_beforehand_is_that_until_the_end() -> None:
    own = (Interface("eth0", "192.168.4.7", 24),)
    office = DiscoverArguments((Segment("a", ("192.168.4.0/24",)),))
    found = reckon(office, (), lambda: own)
    assert found is not None
    assert 20 < found.whole < 40  # 26 s as measured
    assert f"about {round(found.whole)} s" in scan_words.size(found)
    both = together([found, found])
    assert both.whole < 2 * found.whole  # late answers are waited for once
    hurried = reckon(DiscoverArguments(office.segments, fast=True), (), lambda: own)
    assert hurried is not None
    assert hurried.whole < 10
    assert together([]) == Reckoned(0, 0)


def test_ranges_are_typed_with_blanks_and_long_dashes() -> None:
    assert split_targets("10.0.0.1 - 50, 10.0.1.*;a-b.example 10.0.0.1 \u2013 50") == (
        "10.0.0.1-50",
        "10.0.1.*",
        "a-b.example",
    )
