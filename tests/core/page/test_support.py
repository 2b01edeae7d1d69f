"""Logs for support from the page: collected, shown, sent; each failure with its cause."""

from __future__ import annotations

from dataclasses import replace

from core.model.problem import Problem
from core.page.html import Html
from core.page.view_support import support
from tests.support.fake_agent import usual_status
from tests.support.paged import BUNDLE, PagedAgent, Served, served

AWAY = Problem("hub_refused", "The bundle was not sent: nothing listens.", "Look at <the hub>.")


async def do(page: Served, own: dict[str, str], what: str) -> str:
    """Press the button and give the card that follows."""
    answer = await page.ask("POST", f"/do/{what}", own, b"{}")
    assert answer.status == 202, answer
    return await page.section(own, "support")


def enrolled() -> PagedAgent:
    status = usual_status()
    hub = replace(status.hub, enrolled=True, address="hub.example:443", hub_name="A & B Dealers")
    return PagedAgent(replace(status, hub=hub))


async def test_it_is_shown_before_it_is_sent_and_gets_a_number() -> None:
    async with served(enrolled()) as page:
        own = await page.sign_in()
        first = await page.section(own, "support")
        assert 'data-do="logs"' in first
        assert 'data-do="send"' not in first
        made = await do(page, own, "logs")
        assert "1.2 MB in all" in made
        assert "What the agent &lt;did&gt;" in made
        assert "no room for it" in made
        assert 'data-do="send"' in made
        assert [kind for kind, *_ in page.agent.done] == ["prepare_bundle"], "nothing is sent yet"
        sent = await do(page, own, "send")
        assert page.agent.done[-1] == ("send_bundle", {"reference": "K7F-3QX"}, "console")
        assert "A &amp; B Dealers has it" in sent
        assert "K7F-3QX" in sent
        again = await do(page, own, "logs")
        assert 'data-do="send"' in again, "a new bundle is not the one that was sent"


async def test_a_failure_says_why_and_can_be_tried_again() -> None:
    async with served(enrolled()) as page:
        own = await page.sign_in()
        await do(page, own, "logs")
        page.agent.refusal = AWAY
        failed = await do(page, own, "send")
        assert "nothing listens" in failed
        assert "Look at &lt;the hub&gt;." in failed
        assert 'data-do="send"' in failed
        page.agent.refusal = None
        assert "has it" in await do(page, own, "send")


async def test_nothing_is_sent_that_was_not_made_here() -> None:
    async with served(enrolled()) as page:
        own = await page.sign_in()
        answer = await page.ask("POST", "/do/send", own, b'{"reference": "AAA-AAA"}')
        assert (answer.status, answer.code) == (409, "page_no_bundle")
        assert page.agent.done == []


async def test_two_tabs_make_one_bundle() -> None:
    async with served(enrolled()) as page:
        own = await page.sign_in()
        page.agent.hangs = True
        assert (await page.ask("POST", "/do/logs", own, b"{}")).status == 202
        second = await page.ask("POST", "/do/logs", own, b"{}")
        assert (second.status, second.code) == (409, "page_busy")
        assert "Collecting" in await page.section(own, "support")
        told = (await page.ask("GET", "/view", own)).told
        assert told["busy"] is True
        assert len(page.agent.done) == 1


async def test_without_a_hub_it_is_said_where_the_file_lies() -> None:
    async with served() as page:
        status = page.agent.status
        page.agent.status = replace(status, hub=replace(status.hub, enrolled=False))
        own = await page.sign_in()
        made = await do(page, own, "logs")
        assert BUNDLE.path in made
        assert 'data-do="send"' not in made


def test_the_card_is_html_that_was_made() -> None:
    assert isinstance(support(None, None, enrolled=True), Html)
