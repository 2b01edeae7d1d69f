"""Every route, attacked in every way: from other sites, other ports, other names, without a key."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from core.page.rules import RULES, Needs, Rule
from tests.support.paged import Answer, Served, served

LINK = json.dumps({"link": "x" * 43}).encode()


@dataclass(frozen=True)
class Attack:
    """One way to ask; ``stopped`` are the answers that are right for a rule that it must not get
    past, ``spares`` says which rules it may pass (they tell and change nothing).
    """

    name: str
    change: Callable[[Served, dict[str, str]], dict[str, str | None]]
    stopped: tuple[int, ...] = (403,)
    spares: Callable[[Rule], bool] = lambda _: False


def harmless(rule: Rule) -> bool:
    return rule.needs is Needs.NOTHING


def no_session(rule: Rule) -> bool:
    return rule.needs is not Needs.SESSION


def reads(rule: Rule) -> bool:
    return rule.method == "GET"


def others(**headers: str | None) -> Callable[[Served, dict[str, str]], dict[str, str | None]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda page, own: {**own, **named}


def changed(name: str) -> Callable[[Served, dict[str, str]], dict[str, str | None]]:
    """Change the last character of a header."""

    def change(page: Served, own: dict[str, str]) -> dict[str, str | None]:
        value = own[name]
        return {**own, name: value[:-1] + ("A" if value[-1] != "A" else "B")}

    return change


ATTACKS = [
    # DNS rebinding: the browser says the name that it was lured by.
    Attack("foreign Host", others(Host="evil.example", Origin=None), (421,)),
    Attack("foreign Host, our port", lambda p, o: {**o, "Host": f"a.example:{p.port}"}, (421,)),
    Attack("rebound, all of one piece", lambda p, o: {
        **o, "Host": f"evil.example:{p.port}", "Origin": f"http://evil.example:{p.port}"}, (421,)),
    Attack("Host of another port", others(Host="127.0.0.1:1"), (421,)),
    Attack("Host without a port", others(Host="127.0.0.1"), (421,)),
    Attack("every address's Host", lambda p, o: {**o, "Host": f"0.0.0.0:{p.port}"}, (421,)),
    Attack("no Host", others(Host=None), (400, 421)),
    Attack("Host with a trailing dot", lambda p, o: {**o, "Host": f"localhost.:{p.port}"}, (421,)),
    Attack("foreign Origin", others(Origin="https://evil.example")),
    Attack("Origin null", others(Origin="null")),
    Attack("Origin of another port", others(Origin="http://127.0.0.1:8000")),
    Attack("Origin by TLS", lambda p, o: {**o, "Origin": f"https://127.0.0.1:{p.port}"}),
    Attack("Origin of the other name", lambda p, o: {**o, "Origin": f"http://localhost:{p.port}"}),
    Attack("no Origin", others(Origin=None), spares=reads),
    Attack("cross-site", others(Sec_Fetch_Site="cross-site")),
    Attack("another port's page: same-site", others(Sec_Fetch_Site="same-site")),
    Attack("cross-site, a link that is followed", others(
        Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="document",
        Origin=None), spares=lambda rule: rule.document),
    Attack("cross-site, in a frame", others(
        Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe")),
    Attack("cross-site, as a picture", others(
        Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors", Sec_Fetch_Dest="image")),
    Attack("a form of another site", others(
        Origin="https://evil.example", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate",
        Sec_Fetch_Dest="document", Content_Type="application/x-www-form-urlencoded")),
    Attack("a form's type", others(Content_Type="text/plain"), (415,), reads),
    Attack("no cookie", others(Cookie=None), (401,), no_session),
    Attack("no key", others(X_Platen_Key=None), (401,), no_session),
    Attack("neither, as another user's program", others(
        Cookie=None, X_Platen_Key=None, Sec_Fetch_Site=None), (401,), no_session),
    Attack("a wrong key", changed("X-Platen-Key"), (401,), no_session),
    Attack("a wrong cookie", changed("Cookie"), (401,), no_session),
    Attack("key for cookie", lambda p, o: {
        **o, "Cookie": f"platen-{p.port}={o['X-Platen-Key']}"}, (401,), no_session),
    Attack("an empty session", lambda p, o: {
        **o, "Cookie": f"platen-{p.port}=", "X-Platen-Key": ""}, (401,), no_session),
    Attack("a key that is no text", others(X_Platen_Key="\xff\xfe"), (400, 401), no_session),
]  # fmt: skip


async def attempt(page: Served, rule: Rule, headers: dict[str, str | None]) -> Answer:
    sent = {name: value for name, value in headers.items() if value is not None}
    return await page.ask(rule.method, rule.path, sent, LINK if rule.method == "POST" else b"")


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.name)
async def test_an_attack_gets_nothing_from_any_route(attack: Attack) -> None:
    async with served() as page:
        for rule in RULES:
            own = await page.sign_in()
            answer = await attempt(page, rule, attack.change(page, own))
            if attack.spares(rule):
                assert harmless(rule) or answer.status in (200, 202, 403), rule
                continue
            assert answer.status in attack.stopped, (rule, answer)
        # What it may pass shows nothing of this computer, and changes nothing.
        assert page.agent.done == [] or attack.spares(RULES[-1]), page.agent.done


async def test_what_may_pass_an_attack_tells_nothing_and_changes_nothing() -> None:
    assert {rule.path for rule in RULES if harmless(rule)} == {
        "/", "/page.css", "/page.js", "/icon.svg",
    }  # fmt: skip
    assert [rule.path for rule in RULES if rule.needs is Needs.OWN_PAGE] == ["/sign-in"]
    assert all(rule.method == "GET" for rule in RULES if harmless(rule))
    assert [rule.path for rule in RULES if rule.document] == ["/"]
    async with served() as one, served() as other:
        for rule in filter(harmless, RULES):
            told = [await attempt(page, rule, dict(page.own())) for page in (one, other)]
            # The same for everybody: byte by byte what lies in the package.
            assert told[0].body == told[1].body


async def test_the_page_itself_passes_everywhere() -> None:
    """The attacks above fail for what they change, and for nothing else."""
    async with served() as page:
        for rule in RULES:
            own = await page.sign_in()
            answer = await attempt(page, rule, dict(own))
            expected = (403,) if rule.path == "/sign-in" else (200, 202)  # an unknown link
            assert answer.status in expected, (rule, answer)


async def test_every_route_that_is_served_stands_in_the_table() -> None:
    async with served() as page:
        await page.sign_in()  # the first who asks is served, and who follows
        assert page.page.site is not None
        routes = {
            (route.method, route.resource.canonical if route.resource else "?")
            for route in page.page.site.app.router.routes()
        }
        assert routes == {(rule.method, rule.path) for rule in RULES}


async def test_a_session_of_one_agent_is_none_at_another() -> None:
    async with served() as one, served() as other:
        own = await one.sign_in()
        theirs = await other.sign_in()
        mixed = {**theirs, "X-Platen-Key": own["X-Platen-Key"]}
        assert (await other.ask("GET", "/view", mixed)).status == 401
        renamed = own["Cookie"].replace(str(one.port), str(other.port))
        assert (await other.ask("GET", "/view", other.own(
            Cookie=renamed, X_Platen_Key=own["X-Platen-Key"]))).status == 401  # fmt: skip


async def test_cookie_and_key_of_two_sessions_are_no_session() -> None:
    async with served() as page:
        one, other = await page.sign_in(), await page.sign_in()
        assert (await page.ask("GET", "/view", one)).status == 200
        mixed = {**one, "X-Platen-Key": other["X-Platen-Key"]}
        assert (await page.ask("GET", "/view", mixed)).status == 401


@pytest.mark.parametrize(
    "method", ["OPTIONS", "HEAD", "PUT", "DELETE", "TRACE", "PATCH", "CONNECT"]
)
async def test_other_methods_are_not_served(method: str) -> None:
    async with served() as page:
        own = await page.sign_in()
        for rule in RULES:
            answer = await page.ask(method, rule.path, own)
            assert answer.status in (400, 404, 405), (rule, answer)
            assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/nothing", "//view", "/view/", "/../view", "/%76iew", "/view%00", "/VIEW", "/?view"]
)
async def test_other_spellings_of_a_path_open_no_door(path: str) -> None:
    async with served() as page:
        answer = await page.ask("GET", path, page.own())
        if path == "/%76iew":  # another spelling of the same: the same rule
            assert answer.status == 401
        elif path in ("/?view", "/../view"):
            assert answer.status in (200, 401, 404)
            assert b"sections" not in answer.body
        else:
            assert answer.status == 404


async def test_every_answer_has_the_headers_refusals_too() -> None:
    async with served() as page:
        own = await page.sign_in()
        answers = [await attempt(page, rule, dict(own)) for rule in RULES]
        answers.append(await page.ask("GET", "/nothing", own))
        answers.append(await page.ask("GET", "/", {"Host": "evil.example"}))
        for answer in answers:
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["x-frame-options"] == "DENY"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            assert answer.headers["cross-origin-opener-policy"] == "same-origin"
            assert answer.headers["cache-control"] == "no-store"
            assert "access-control-allow-origin" not in answer.headers
            assert "aiohttp" not in answer.headers["server"].lower()


async def test_the_cookie_is_for_this_site_alone_and_no_script() -> None:
    async with served() as page:
        link = page.page.invite().url.partition("#")[2]
        answer = await page.ask("POST", "/sign-in", page.own(), json.dumps({"link": link}).encode())
        said = answer.headers["set-cookie"].lower()
        assert "httponly" in said
        assert "samesite=strict" in said
        assert "domain" not in said
