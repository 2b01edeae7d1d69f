"""What looks like a secret goes; what only talks of one stays."""

from __future__ import annotations

import io
import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.in_force import IN_FORCE
from core.support import redact as redact_module
from core.support.redact import GONE, SecretsFilter, redact

SECRET = "c4nary-S3cret"


@pytest.mark.parametrize(
    "text",
    [
        f"community={SECRET}",
        f"community: '{SECRET} two'",
        f'{{"communities": ["{SECRET}", "public"]}}',
        f'"auth_password": "{SECRET}"',
        f"Password = {SECRET}",
        f"passphrase: {SECRET}",
        f"Authorization: Bearer {SECRET}",
        f"Authorization: Basic {SECRET}",
        f"http://user:{SECRET}@proxy:3128",
        f"http://127.0.0.1:1301/?token={SECRET}",
        f"-----BEGIN EC PRIVATE KEY-----\n{SECRET}\n-----END EC PRIVATE KEY-----",
        f"-----BEGIN PRIVATE KEY-----\\n{SECRET}",
        "the code ABCDE-FGHJK-MNPQR-STVWX-YZ012-34567-89ABC-DEFGH",
    ],
)
def test_a_secret_goes(text: str) -> None:
    told = redact(f"before {text} after")
    assert GONE in told
    assert SECRET not in told
    assert "DEFGH" not in told
    assert told.startswith("before ")


@pytest.mark.parametrize(
    "text",
    [
        "the community list of the segment office has 2 entries",
        "not_enrolled: This installation is not enrolled at a hub.",
        "found: HP LaserJet (X1) at 10.0.0.1:161 [device 3fe0-11]",
        "8c5f6b9e-0000-4000-8000-000000000001",
    ],
)
def test_words_stay(text: str) -> None:
    assert redact(text) == text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_it_ends_whatever_comes(text: str) -> None:
    assert redact(redact(text)) == redact(text)


def test_what_is_known_to_be_secret_goes_whatever_stands_around_it() -> None:
    IN_FORCE.add(["c4nary-known-31"])
    assert redact("it said c4nary-known-31 to us") == f"it said {GONE} to us"
    assert "c4nary" not in redact(f"xx{b'c4nary-known-31'!r}yy")


def test_a_filter_takes_it_out_of_texts_arguments_and_tracebacks() -> None:
    secret = "c4nary-known-é2"
    IN_FORCE.add([secret])
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.addFilter(SecretsFilter())
    log = logging.getLogger("tests.filter")
    log.addHandler(handler)
    log.propagate = False
    try:
        error = ValueError(secret)
        log.error("tried %s and %r", secret, [secret], stack_info=True, exc_info=error)
        log.error(*("too many %s", secret, secret))
    finally:
        log.removeHandler(handler)
    told = heard.getvalue()
    assert "c4nary" not in told
    assert told.count(GONE) >= 3
    assert "ValueError" in told


def test_a_home_folder_hides_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redact_module, "_HOME", "/root")
    once = redact_module.redact("://a/root:b@c")
    assert once == "://[removed]@c"
    assert redact_module.redact(once) == once
