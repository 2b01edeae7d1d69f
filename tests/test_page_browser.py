"""The local page in a real Chromium, on a real agent, a real hub and simulated printers."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser import chromium
from tests.support.need import ROOT
from tests.support.paged import free_ports
from tests.support.simulated import simulated
from tests.support.site import Server, Site, platen_hub, site

NETWORK = "127.51.1.0/28"
COUNT = 6
HTML = "text/html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with simulated(NETWORK, COUNT, port=1161), site(tmp_path_factory.mktemp("site")) as made:
        made.start_hub()
        start(made, free_ports(20)[0])
        done = made.platen("scan", NETWORK, "--port", "1161", "--fast")
        assert done.returncode == 0, done.stderr
        assert made.platen("collect").returncode == 0
        yield made


def start(place: Site, port: int) -> None:
    """Start the agent with a port for its page that no other agent of this machine tries."""
    command = ["-m", "app", "agent", "--data", str(place.agent_data), "--page-port", str(port)]
    place.agent = Server(command, place.folder / "agent.log")
    assert place.agent.ready.startswith("agent ready"), place.agent.log.read_text()


class Visit:
    """A tab, and everything that it said or fetched."""

    def __init__(self, browser: Browser, **how: str) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 1180, "height": 900}, **how
        )
        self.tab: Page = self.context.new_page()
        self.said: list[str] = []
        self.fetched: list[str] = []
        self.tab.on("console", lambda message: self.said.append(message.text))
        self.tab.on("pageerror", lambda error: self.said.append(str(error)))
        self.tab.on("request", lambda request: self.fetched.append(request.url))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    made = Visit(browser)
    yield made
    made.context.close()


def link(place: Site) -> str:
    done = place.platen("page", "--print")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_it_opens_by_its_link_and_shows_state_devices_and_log(place: Site, visit: Visit) -> None:
    url = link(place)
    visit.tab.goto(url)
    expect(visit.tab.locator("#devices tbody tr")).to_have_count(COUNT)
    expect(visit.tab.locator("#state .chip").first).to_be_visible()
    expect(visit.tab.locator("#facts")).to_contain_text("Not connected")
    expect(visit.tab.locator("#schedule")).to_contain_text("Read the devices")
    expect(visit.tab.locator("#log")).to_contain_text("collect finished")
    expect(visit.tab.locator("#sign-in")).to_be_hidden()
    # The secret is out of sight and out of the history; nothing came from elsewhere.
    assert "#" not in visit.tab.url
    home = url.partition("#")[0]
    assert {address.startswith(home) for address in visit.fetched} == {True}
    assert visit.said == []
    # A reload needs no second link; the link itself is good no more.
    visit.tab.reload()
    expect(visit.tab.locator("#devices tbody tr")).to_have_count(COUNT)


def test_a_link_that_was_used_shows_the_box_and_says_why(
    place: Site, browser: Browser, visit: Visit
) -> None:
    url = link(place)
    visit.tab.goto(url)
    expect(visit.tab.locator("#content")).to_be_visible()
    other = Visit(browser)
    other.tab.goto(url)
    expect(other.tab.locator("#sign-in-problem")).to_contain_text("does not open the page any more")
    expect(other.tab.locator("#content")).to_be_hidden()
    # And who had used it is out.
    expect(visit.tab.locator("#sign-in")).to_be_visible(timeout=10_000)
    expect(visit.tab.locator("#devices tr")).to_have_count(0)
    other.context.close()


def test_typed_by_hand_it_asks_for_the_code(place: Site, visit: Visit) -> None:
    home = link(place).partition("#")[0]
    visit.tab.goto(home)
    expect(visit.tab.get_by_label("Code").first).to_be_visible()
    expect(visit.tab.locator("#content")).to_be_hidden()
    visit.tab.locator("#code").fill("AAAA-AAAA")
    visit.tab.keyboard.press("Enter")
    expect(visit.tab.locator("#sign-in-problem")).to_contain_text("That is not the code")
    visit.tab.locator("#code").fill(place.platen("page", "--code").stdout.strip().lower())
    visit.tab.keyboard.press("Enter")
    expect(visit.tab.locator("#content")).to_be_visible()
    visit.tab.get_by_role("button", name="Sign out").click()
    expect(visit.tab.locator("#sign-in")).to_be_visible()


def test_the_file_that_platen_page_opens_leads_in(place: Site, visit: Visit) -> None:
    """``platen page`` starts the browser with a file that other users cannot read."""
    noted = place.folder / "opened.txt"
    program = place.folder / "browser.sh"
    program.write_text(f'#!/bin/sh\necho "$1" > "{noted}"\n')
    program.chmod(0o755)
    os.environ["BROWSER"] = str(program)
    try:
        done = place.platen("page")
    finally:
        del os.environ["BROWSER"]
    assert done.returncode == 0, done.stderr
    address = noted.read_text().strip()
    assert address.startswith("file:///")
    path = Path(address.removeprefix("file://"))
    assert path.stat().st_mode & 0o077 == 0
    visit.tab.goto(address)
    expect(visit.tab.locator("#devices tbody tr")).to_have_count(COUNT)
    assert visit.tab.url.startswith("http://127.0.0.1:")


def test_it_pauses_and_resumes(place: Site, visit: Visit) -> None:
    visit.tab.goto(link(place))
    visit.tab.get_by_role("button", name="Pause for an hour").click()
    expect(visit.tab.locator("#state")).to_contain_text("Paused")
    expect(visit.tab.locator("#schedule")).to_contain_text("asked for on the local page")
    told = json.loads(place.platen("status", "--json").stdout)
    assert told["schedule"]["pause"]["reason"] == "asked for on the local page"
    visit.tab.get_by_role("button", name="Resume").click()
    expect(visit.tab.locator("#state")).not_to_contain_text("Paused")
    assert json.loads(place.platen("status", "--json").stdout)["schedule"]["pause"] is None


def results(visit: Visit) -> list[str]:
    expect(visit.tab.locator("#tests .steps li")).to_have_count(6, timeout=20_000)
    return visit.tab.locator("#tests .steps .chip").all_inner_texts()


def test_it_tests_the_way_enrols_and_tests_again(place: Site, visit: Visit) -> None:
    visit.tab.goto(link(place))
    visit.tab.locator("#test-hub").fill("127.0.0.1:1")
    visit.tab.get_by_role("button", name="Run the tests").click()
    told = results(visit)
    assert told[1:3] == ["OK", "Failed"]
    assert told[3] == told[5] == "Not tried"
    expect(visit.tab.locator("#tests")).to_contain_text("Check address and port")

    code = platen_hub("code", "--customer", "Surgery", "--json", "--data", str(place.hub_data))
    visit.tab.locator("#enrol-hub").fill(place.enrolment)
    visit.tab.locator("#enrol-code").fill("nonsense")
    visit.tab.get_by_role("button", name="Connect", exact=True).click()
    expect(visit.tab.locator("#enrolment .notice")).to_be_visible()
    visit.tab.locator("#enrol-code").fill(json.loads(code.stdout)["code"])
    visit.tab.get_by_role("button", name="Connect", exact=True).click()
    expect(visit.tab.locator("#enrolment")).to_contain_text("Enrolled at", timeout=20_000)
    expect(visit.tab.locator("#facts")).to_contain_text("for Surgery")

    visit.tab.locator("#test-hub").fill("")
    visit.tab.get_by_role("button", name="Run the tests").click()
    expect(visit.tab.locator("#tests")).to_contain_text("Encryption")
    expect(visit.tab.locator("#tests")).to_contain_text("agree", timeout=20_000)
    assert results(visit)[1:] == ["OK"] * 5
    expect(visit.tab.locator("#tests")).to_contain_text("of your dealer's authority")
    assert visit.said == []


def test_logs_are_shown_and_sent_and_get_a_number(place: Site, visit: Visit) -> None:
    visit.tab.goto(link(place))
    card = visit.tab.locator("#support")
    visit.tab.get_by_role("button", name="Send logs to support").click()
    expect(card).to_contain_text("This is what support gets", timeout=20_000)
    expect(card).to_contain_text("logs/agent.log")
    visit.tab.get_by_role("button", name="Send", exact=True).click()
    expect(card).to_contain_text("Name this number", timeout=20_000)
    number = card.locator("strong").inner_text()
    kept = platen_hub("bundles", "--json", "--data", str(place.hub_data))
    assert [json.loads(line)["reference"] for line in kept.stdout.splitlines()] == [number]
    assert visit.said == []


def test_another_site_gets_nothing(place: Site, visit: Visit) -> None:
    """A page of another origin, in a browser that is signed in."""
    visit.tab.goto(link(place))
    expect(visit.tab.locator("#content")).to_be_visible()
    home = visit.tab.url.rstrip("/")
    evil = visit.context.new_page()
    shown = "<!doctype html><title>Evil</title><body></body>"
    evil.route("https://evil.example/**", lambda r: r.fulfill(body=shown, content_type=HTML))
    evil.goto("https://evil.example/")
    told = evil.evaluate(
        """async (home) => {
            const read = async (path, how) => {
                try { const a = await fetch(home + path, how); return a.status + await a.text(); }
                catch { return "nothing"; }
            };
            const all = [];
            for (const mode of ["cors", "no-cors"]) for (const path of ["/", "/view", "/page.js"])
                all.push(await read(path, {mode, credentials: "include"}));
            all.push(await read("/do/pause", {method: "POST", mode: "no-cors", body: "{}",
                credentials: "include"}));
            all.push(await read("/do/pause", {method: "POST", body: "{}", credentials: "include",
                headers: {"Content-Type": "application/json", "X-Platen-Key": "x"}}));
            const frame = document.createElement("iframe");
            frame.src = home + "/";
            document.body.append(frame);
            await new Promise((done) => { frame.onload = done; setTimeout(done, 2000); });
            let inside = "closed";
            try { inside = frame.contentDocument ? "open" : "closed"; } catch { /* closed */ }
            return [...all, inside];
        }""",
        home,
    )
    assert set(told[:-1]) <= {"nothing", "0"}, told
    assert told[-1] == "closed"
    assert all(frame.locator("#code").count() == 0 for frame in evil.frames)
    assert json.loads(place.platen("status", "--json").stdout)["schedule"]["pause"] is None


def test_a_page_on_another_port_of_this_computer_gets_nothing(place: Site, visit: Visit) -> None:
    """Cookies know no ports: another program of this computer sees ours, and it is not enough."""
    visit.tab.goto(link(place))
    expect(visit.tab.locator("#content")).to_be_visible()
    home = visit.tab.url.rstrip("/")
    other = visit.context.new_page()
    shown = "<!doctype html><title>Other</title>"
    other.route("http://127.0.0.1:9/**", lambda r: r.fulfill(body=shown, content_type=HTML))
    other.goto("http://127.0.0.1:9/")
    told = other.evaluate(
        """async (home) => {
            const how = {credentials: "include", mode: "no-cors"};
            try { return (await fetch(home + "/view", how)).status; } catch { return "nothing"; }
        }""",
        home,
    )
    assert told in ("nothing", 0)
    assert other.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_how_it_looks(place: Site, browser: Browser, scheme: str, tmp_path: Path) -> None:
    made = Visit(browser, color_scheme=scheme)
    made.tab.goto(link(place))
    expect(made.tab.locator("#facts dd").first).to_be_visible()
    if made.tab.locator("#tests .steps li").count() == 0:
        made.tab.get_by_role("button", name="Run the tests").click()
    assert len(results(made)) == 6
    expect(made.tab.locator("#test-button")).to_be_enabled(timeout=10_000)
    shades = made.tab.evaluate(
        "() => [getComputedStyle(document.body).backgroundColor, "
        "getComputedStyle(document.querySelector('#devices .k, #devices .track')).width]"
    )
    assert shades == ["rgb(245, 246, 248)" if scheme == "light" else "rgb(17, 21, 27)", "64px"]
    # Nothing runs out of the page, on a small screen neither.
    for width in (1180, 380):
        made.tab.set_viewport_size({"width": width, "height": 900})
        wide = made.tab.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
    made.tab.set_viewport_size({"width": 1180, "height": 900})
    picture = made.tab.screenshot(full_page=True)
    folder = ROOT / "docs" / "images" if os.environ.get("PLATEN_PICTURES") else tmp_path
    (folder / f"page-{scheme}.png").write_bytes(picture)
    made.context.close()


def test_when_the_agent_ends_the_page_says_so(place: Site, visit: Visit) -> None:
    visit.tab.goto(link(place))
    expect(visit.tab.locator("#content")).to_be_visible()
    assert place.agent is not None
    assert place.agent.end() == 0
    expect(visit.tab.locator("#away")).to_be_visible(timeout=15_000)
    start(place, int(visit.tab.url.rpartition(":")[2].strip("/")))
    # Sessions end with the agent: the box for the code comes back.
    expect(visit.tab.locator("#sign-in")).to_be_visible(timeout=45_000)
    assert re.match(r"http://127\.0\.0\.1:\d+/$", visit.tab.url)
