from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.web_page import plain_page, web_page

HERE = "10.0.0.7"


@pytest.mark.parametrize(
    ("told", "opened"),
    [
        ("http://KM123456.local./", "http://10.0.0.7/"),
        ("https://km123456.local:8443/start.htm", "https://10.0.0.7:8443/start.htm"),
        ("http://10.0.0.9", "http://10.0.0.7/"),
        ("HTTPS://printer/a b", None),
        ("http://printer/net/%C3%A4?session=1#top", "http://10.0.0.7/net/%C3%A4"),
        ("http://printer//example.com/", "http://10.0.0.7/example.com/"),
        ("http://printer:8000/rui/ü", "http://10.0.0.7:8000/rui/%C3%BC"),
    ],
)
def test_a_page_is_opened_where_the_printer_is(told: str, opened: str | None) -> None:
    page = web_page(told)
    assert (page and page.at(HERE)) == opened


@pytest.mark.parametrize(
    "told",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://printer/",
        "smb://printer/x",
        "data:text/html,x",
        "http:javascript:alert(1)",
        "//printer/",
        "printer",
        "",
        None,
        "http://",
        "http://me:secret@printer/",
        "http://example.com@printer/",
        "http://printer\\@example.com/",
        "http://printer:9100/",
        "http://printer:9107/",
        "http://printer:515/",
        "http://printer:0/",
        "http://printer:99999/",
        "http://[printer/",
        "http://printer/\u202egnp.exe",
        "http://printer/" + "x" * 300,
    ],
)
def test_what_is_no_page_is_not_opened(told: str | None) -> None:
    assert web_page(told) is None


def test_it_is_told_where_no_browser_can_open_anything() -> None:
    assert plain_page().at("usb:abc") is None
    assert plain_page().at("fe80::1%eth0") is None
    assert plain_page("https").at("fd00::7") == "https://[fd00::7]/"


def test_a_page_is_the_printers_by_address_or_by_its_own_name() -> None:
    own = ("10.0.0.7", "KM123456", "prn.example.org")
    for host in ("10.0.0.7", "km123456.local.", "KM123456", "prn.example.org"):
        page = web_page(f"http://{host}/")
        assert page is not None
        assert page.is_at(own), host
    for host in ("10.0.0.8", "km1234567.local", "example.org", "local"):
        page = web_page(f"http://{host}/")
        assert page is not None
        assert not page.is_at(own), host


_BITS = [
    "http", "https", ":", "//", "/", "\\", "@", "#", "?", "javascript:", "10.0.0.7", "evil.org",
    "[", "]", "%", "%0a", "\u202e", "9100", "ü", ".", "..", "\x00", "'", '"', "<", " ", "\n",
]  # fmt: skip
_PIECES = st.lists(st.sampled_from(_BITS), max_size=12).map("".join)


@given(st.one_of(_PIECES, st.text(max_size=60), _PIECES.map("http://printer/".__add__)))
def test_whatever_is_written_leads_to_the_printer_or_nowhere(told: str) -> None:
    page = web_page(told)
    opened = page and page.at(HERE)
    if opened is not None:
        parts = urlsplit(opened)
        assert parts.scheme in {"http", "https"}
        assert parts.hostname == HERE
        assert parts.port not in {515, *range(9100, 9108)}
        assert parts.username is None
        assert opened.isascii()
        assert opened.isprintable()
        assert not set(opened) & set('\\"<> ')
