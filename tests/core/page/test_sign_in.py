"""Links and codes: each good once, for a while, and not to be guessed."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys

import pytest

from core.page.access import CODE_LIFE, LINK_LIFE, MOST_SESSIONS, SESSION_LIFE, TRIES, Access
from tests.support.need import missing
from tests.support.paged import Answer, Served, served


async def enter(page: Served, **body: object) -> Answer:
    return await page.ask("POST", "/sign-in", page.own(), json.dumps(body).encode())


def secret_of(page: Served) -> str:
    return page.page.invite().url.partition("#")[2]


async def test_a_link_opens_the_page_once_and_a_replay_closes_what_it_opened() -> None:
    async with served() as page:
        link = secret_of(page)
        own = await page.sign_in(link)
        assert (await page.ask("GET", "/view", own)).status == 200
        again = await enter(page, link=link)
        assert (again.status, again.code) == (403, "page_link_used")
        # Two have the link: neither stays in.
        assert (await page.ask("GET", "/view", own)).status == 401
        assert (await enter(page, link=link)).status == 403


async def test_a_link_lapses() -> None:
    async with served() as page:
        link = secret_of(page)
        page.now += LINK_LIFE + 1
        assert (await enter(page, link=link)).code == "page_link_used"


async def test_a_session_lapses_and_ends_with_sign_out() -> None:
    async with served() as page:
        own, other = await page.sign_in(), await page.sign_in()
        out = await page.ask("POST", "/sign-out", own, b"{}")
        assert (out.status, "max-age=0" in out.headers["set-cookie"].lower()) == (200, True)
        assert (await page.ask("GET", "/view", own)).status == 401
        assert (await page.ask("GET", "/view", other)).status == 200
        page.now += SESSION_LIFE + 1
        assert (await page.ask("GET", "/view", other)).status == 401


async def test_sessions_are_bounded_and_the_oldest_ends() -> None:
    async with served() as page:
        all_of_them = [await page.sign_in() for _ in range(MOST_SESSIONS + 1)]
        told = [(await page.ask("GET", "/view", own)).status for own in all_of_them]
        assert told == [401, *[200] * MOST_SESSIONS]


async def test_links_are_bounded() -> None:
    async with served() as page:
        first = secret_of(page)
        for _ in range(20):
            last = secret_of(page)
        assert (await enter(page, link=first)).status == 403
        assert (await enter(page, link=last)).status == 200


async def test_the_code_opens_the_page_once_as_people_type() -> None:
    async with served() as page:
        code = page.page.invite().code
        assert len(code.replace("-", "")) == 8
        assert page.page.invite().code == code
        assert (await enter(page, code=f" {code.lower().replace('-', ' ')} ")).status == 200
        assert (await enter(page, code=code)).code == "page_wrong_code"
        assert page.page.invite().code != code


async def test_the_code_lapses() -> None:
    async with served() as page:
        code = page.page.invite().code
        page.now += CODE_LIFE + 1
        assert (await enter(page, code=code)).code == "page_wrong_code"


async def test_codes_cannot_be_tried_often() -> None:
    async with served() as page:
        code = page.page.invite().code
        for _ in range(TRIES):
            assert (await enter(page, code="AAAA-AAAA")).code == "page_wrong_code"
        turned = await enter(page, code=code)
        assert (turned.status, turned.code) == (429, "page_too_often")
        assert 0 < int(turned.headers["retry-after"]) <= 61
        # Whoever tries codes keeps nobody out who has a link.
        assert (await enter(page, link=secret_of(page))).status == 200
        page.now += 61
        assert (await enter(page, code=code)).status == 200


async def test_no_code_is_right_before_one_was_shown() -> None:
    async with served() as page:
        assert (await enter(page, code="")).status == 403
        assert (await enter(page, code="--------")).status == 403
        assert (await enter(page)).status == 403


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"link": 1}', b'{"link": ["x"]}', b"\xff", b"[" * 9000]
)
async def test_bodies_that_are_none_are_refused(body: bytes) -> None:
    async with served() as page:
        assert (await page.ask("POST", "/sign-in", page.own(), body)).status == 403


def test_secrets_stand_in_no_text() -> None:
    access = Access(lambda: 0.0, iter("abcdefghij").__next__, lambda text: text[0])
    session = access.open_by_link(access.new_link())
    assert session is not None
    assert session.key not in repr(session).replace("Session", "")


ANOTHER_USER = """
import encodings.idna, json, os, sys, urllib.request, urllib.error
os.setgroups([]); os.setgid(65534); os.setuid(65534)
port, data = sys.argv[1:]
def ask(path, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", headers=headers), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
told = {"shell": ask("/"), "view": ask("/view"), "uid": os.getuid(), "files": []}
for name in (data, data + "/open-page.html", data + "/channel.json"):
    try:
        os.listdir(name) if name == data else open(name)
        told["files"].append(name)
    except OSError:
        pass
print(json.dumps(told))
"""


async def test_another_users_program_gets_the_box_for_the_code_and_no_more(tmp_path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        missing("only root can be another user for a while")
    from app.opening import address_for_browser

    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    async with served() as page:
        address_for_browser(page.page.invite(), folder, handed_over=True)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", ANOTHER_USER, str(page.port), str(folder),
            stdout=subprocess.PIPE, cwd="/",
        )  # fmt: skip
        out, _ = await process.communicate()
        told = json.loads(out)
        assert told["uid"] == 65534
        assert told["shell"][0] == 200
        assert "Enter the code" in told["shell"][1]
        assert page.page.invite().code not in told["shell"][1]
        assert told["view"][0] == 401
        assert told["files"] == []
