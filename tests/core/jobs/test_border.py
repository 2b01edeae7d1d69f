"""The border: hidden addresses leave the building as stand-ins, in readings and in logs."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.discovery.errors import TargetError
from core.jobs.border import Border, BorderedOutbox, BorderFilter
from core.model.outbox import OutboxItem

HIDDEN = ("10.0.0.1-9", "192.168.7.0/24", "fe80::1", "10.1.*.5")


def border(*hidden: str) -> Border:
    return Border(hidden or HIDDEN, "installation")


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "10.0.0.9", "192.168.7.0", "192.168.7.255", "10.1.200.5", "fe80::1"]
)
def test_a_hidden_address_is_replaced_wherever_it_stands(address):
    for text in (f"{address}", f'{{"address":"{address}","port":1}}', f"no answer from {address}."):
        assert address not in border().text(text)
        assert border().stand_in(address) in border().text(text)


@pytest.mark.parametrize(
    "text",
    ["10.0.0.10", "10.0.0.19", "110.0.0.1", "1.3.6.1.2.1.43.10.0.0.1.5", "10.0.0.1.4", "fe80::12",
     "12:34:56:78:9a:bc", "2026-01-01T10:00:00Z", "version 1.2.3"],
)  # fmt: skip
def test_what_only_looks_like_it_stays(text):
    assert border().text(text) == text


def test_a_stand_in_is_stable_and_another_at_another_installation():
    other = Border(HIDDEN, "elsewhere")
    assert border().stand_in("10.0.0.1") == border().stand_in("10.0.0.1")
    assert border().stand_in("10.0.0.1") != other.stand_in("10.0.0.1")


def test_nothing_hidden_changes_nothing():
    assert Border((), "i").text("10.0.0.1 fe80::1") == "10.0.0.1 fe80::1"


@given(st.text())
def test_any_text_passes(text):
    border().text(text)


def test_a_list_that_cannot_be_read_hides_everything_and_says_so():
    closed, problem = Border.of(("10.0.0.300",), "i")
    assert problem is not None
    assert "10.0.0.300" in problem.text
    assert "10.9.9.9" not in closed.text("read 10.9.9.9")
    with pytest.raises(TargetError):
        Border(("printer.example",), "i")


async def test_the_hub_sees_stand_ins_and_the_store_keeps_the_truth():
    item = OutboxItem("k", "reading", "d", '{"reading":{"address":"10.0.0.3"}}')

    class Source:
        async def outbox(self, limit, max_bytes):
            return (item,)

    (shown,) = await BorderedOutbox(Source(), border).outbox(1, 1)
    assert "10.0.0.3" not in shown.body
    assert (shown.key, shown.device) == ("k", "d")


def test_a_log_record_is_rewritten_with_its_traceback(caplog):
    try:
        int("10.0.0.3 said no")
    except ValueError:
        record = logging.getLogger("x").makeRecord(
            "x", logging.ERROR, __file__, 1, "at %s", ("10.0.0.4",), __import__("sys").exc_info()
        )
    assert BorderFilter(border).filter(record)
    written = logging.Formatter().format(record)
    assert "10.0.0." not in written
    assert "said no" in written
