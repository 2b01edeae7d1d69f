"""What looks like a secret goes; what only talks of one stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.support.redact import GONE, redact

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
