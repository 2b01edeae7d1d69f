"""What the page shows: escaped, masked as the border says, and never an empty word for unknown."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.border import Border
from core.model.problem import Problem
from core.model.reading import LevelState, Supply, SupplyKind
from core.model.schedule import LaneStatus, Outcome, Pause, RunRecord, ScheduleStatus
from core.model.status import HubStatus
from core.page import view_devices
from core.page.html import Html, el, escape, join
from core.settings.privacy import Privacy
from tests.support.fake_agent import usual_status
from tests.support.paged import PagedAgent, record, served
from tests.support.sample_devices import summaries

HOSTILE = '<script>alert(1)</script>" onload="x" \'&amp; \u202egpj.exe\x1b[2J'


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def seen_in(html: str) -> Tags:
    found = Tags()
    found.feed(html)
    return found


@given(st.text())
@settings(max_examples=200)
def test_no_text_becomes_html(text: str) -> None:
    made = el("p", text, title=text)
    found = seen_in(made)
    assert (found.tags, found.attributes) == ({"p"}, {"title"})
    assert not re.search(r"[\x00-\x08\x1b\x7f-\x9f\u202a-\u202e]", made)


def test_html_is_escaped_once() -> None:
    assert join("a<b", Html("<br>"), None, 3) == "a&lt;b<br>3"
    assert escape(escape("&")) == "&amp;"
    assert el("input", value='"', hidden=None) == '<input value="&quot;">'


def hostile_agent() -> PagedAgent:
    run = RunRecord("collect", "2026-01-01T00:00:00Z", Outcome.FAILED, HOSTILE)
    status = usual_status(
        version=HOSTILE,
        hub=HubStatus(True, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        problem=Problem("x", HOSTILE, HOSTILE),
        schedule=ScheduleStatus(
            (LaneStatus("collect", HOSTILE, run, None, HOSTILE),), Pause(HOSTILE, None, HOSTILE)
        ),
    )
    (row,) = summaries(1)
    identity = replace(
        row.device.identity, vendor=HOSTILE, model=HOSTILE, serial=HOSTILE, location=HOSTILE
    )
    device = replace(row.device, identity=identity, endpoint=row.device.endpoint)
    return PagedAgent(status, (replace(row, device=device, problem=Problem("x", HOSTILE)),))


async def test_nothing_that_a_printer_or_a_hub_says_becomes_html() -> None:
    async with served(hostile_agent()) as page:
        page.log.handle(record(HOSTILE.replace("%", "")))
        own = await page.sign_in()
        page.agent.refusal = Problem("x", HOSTILE, HOSTILE)
        await page.ask("POST", "/do/enrol", own, b'{"hub": "h:1", "code": "c"}')
        await page.ask("POST", "/do/pause", own, b"{}")
        answer = await page.ask("GET", "/view", own)
        html = "".join(answer.told["sections"].values())
    found = seen_in(html)
    assert "script" not in found.tags
    assert not {name for name in found.attributes if name.startswith("on")}
    assert html.count("&lt;script&gt;") >= 12
    assert "\u202e" not in html
    assert "\x1b" not in html


async def test_a_masked_site_shows_stand_ins_on_the_page_too(tmp_path: Path) -> None:
    border, flaw = Border.of(
        Privacy(addresses="mask", macs="mask", hostnames="mask", locations="omit"), tmp_path
    )
    assert flaw is None
    rows = tuple(summaries(6))
    async with served(PagedAgent(devices=rows), hide=border.outgoing) as page:
        where = rows[0].device.endpoint.address
        page.log.handle(record(f"no answer from {where}"))
        answer = await page.ask("GET", "/view", await page.sign_in())
        html = "".join(answer.told["sections"].values())
    for row in rows:
        assert row.device.endpoint.address not in html
        for hidden in (row.device.identity.location, row.device.identity.hostname):
            assert not hidden or hidden not in html
        serial = row.device.identity.serial
        assert serial is None or serial in html
    assert "no answer from" in html


async def test_the_hub_and_the_page_themselves_are_not_masked(tmp_path: Path) -> None:
    border, _ = Border.of(Privacy(addresses="mask"), tmp_path)
    status = usual_status(hub=HubStatus(True, "10.1.2.3:443", "Dealer", "Customer"))
    async with served(PagedAgent(status), hide=border.outgoing) as page:
        assert "10.1.2.3:443" in await page.section(await page.sign_in(), "facts")


async def test_unknown_is_said_and_never_zero() -> None:
    (row,) = summaries(1)
    bare = replace(row.device.identity, vendor=None, model=None, serial=None, location=None,
                   name=None, hostname=None)  # fmt: skip
    row = replace(row, device=replace(row.device, identity=bare), latest=None, problem=None)
    async with served(PagedAgent(devices=(row,))) as page:
        html = await page.section(await page.sign_in(), "devices")
    assert "Model not known" in html
    assert "Not read yet" in html
    assert html.count("not known") >= 2


async def test_the_log_is_short_and_newest_first() -> None:
    async with served() as page:
        for number in range(700):
            page.log.handle(record(f"line-{number}."))
        page.log.handle(record("quiet", level=logging.DEBUG))
        html = await page.section(await page.sign_in(), "log")
    assert html.index("line-699.") < html.index("line-698.")
    assert html.count("<li>") == 500
    assert "line-1." not in html


@pytest.mark.parametrize(
    ("path", "body", "kind", "arguments"),
    [
        ("/do/pause", b"{}", "pause", {"minutes": 60, "reason": "asked for on the local page"}),
        ("/do/resume", b"{}", "resume", {}),
        ("/do/test", b'{"hub": " h:1 "}', "test_connection", {"hub": "h:1"}),
        ("/do/enrol", b'{"hub": "h:1", "code": "c"}', "enrol", {"hub": "h:1", "code": "c"}),
    ],
)
async def test_what_a_button_does(path, body, kind, arguments) -> None:
    async with served() as page:
        answer = await page.ask("POST", path, await page.sign_in(), body)
        assert answer.status == 202
        await page.section(await page.sign_in(), "tests")  # a turn of the loop later
        assert page.agent.done == [(kind, arguments, "console")]


async def test_steps_and_failures_of_a_test_are_shown() -> None:
    async with served() as page:
        own = await page.sign_in()
        assert "Not run yet" in await page.section(own, "tests")
        page.agent.refusal = Problem("bad_hub_address", "That is no address.", "Enter HOST:PORT.")
        await page.ask("POST", "/do/test", own, b'{"hub": "x"}')
        html = await page.section(own, "tests")
        assert "Name of the hub" in html
        assert "That is no address." in html
        assert "Enter HOST:PORT." in html


async def test_a_second_test_waits_for_the_first() -> None:
    async with served(PagedAgent(hangs=True)) as page:
        own = await page.sign_in()
        assert (await page.ask("POST", "/do/test", own, b"{}")).status == 202
        again = await page.ask("POST", "/do/test", own, b"{}")
        assert (again.status, again.code) == (409, "page_busy")
        assert (await page.ask("GET", "/view", own)).told["testing"] is True


def test_a_level_has_its_letter_beside_its_colour() -> None:
    toner = Supply("1.1", SupplyKind.TONER, "cyan", None, 40.0, LevelState.OK)
    assert '<span class="letter">C</span>' in view_devices._bar(toner)
