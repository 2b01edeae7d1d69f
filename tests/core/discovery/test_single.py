"""One address that a person names."""

from __future__ import annotations

import pytest

from core.discovery.single import resolve_single
from core.model.identity import Endpoint
from core.model.problem import PlatenError


async def names(host: str) -> list[str]:
    if host == "printer":
        return ["10.0.0.7", "10.0.0.8"]
    raise OSError("no such name")


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        ("10.0.0.5", Endpoint("10.0.0.5", 161)),
        ("10.0.0.5:1161", Endpoint("10.0.0.5", 1161)),
        ("fd00::5", Endpoint("fd00::5", 161)),
        ("printer", Endpoint("10.0.0.7", 161)),
    ],
)
async def test_one_address_in_any_form(text, endpoint):
    assert await resolve_single(text, 161, names) == endpoint


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("10.0.0.1-9", "bad_address"),
        ("10.0.0.0/24", "bad_address"),
        ("10.0.0.300", "bad_target"),
        ("10.0.0.1:9100", "bad_target"),
        ("elsewhere", "unknown_host"),
    ],
)
async def test_anything_else_is_refused_with_the_reason(text, code):
    with pytest.raises(PlatenError) as caught:
        await resolve_single(text, 161, names)
    assert caught.value.problem.code == code
