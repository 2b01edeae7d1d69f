from __future__ import annotations

import pytest

from core.ipp.status import Status, is_success, status_name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (0x0000, "successful-ok"),
        (0x0001, "successful-ok-ignored-or-substituted-attributes"),
        (0x0400, "client-error-bad-request"),
        (0x0406, "client-error-not-found"),
        (0x0503, "server-error-version-not-supported"),
        (0x0506, "server-error-not-accepting-jobs"),
        (0x050C, "server-error-too-many-documents"),
        (0x000B, "successful-0x000b"),
        (0x04FF, "client-error-0x04ff"),
        (0x05A0, "server-error-0x05a0"),
        (0x0300, "redirection-0x0300"),
        (0xFFFF, "status-0xffff"),
    ],
)
def test_every_status_has_a_name(code: int, name: str) -> None:
    assert status_name(code) == name


def test_the_names_in_use_are_those_of_the_standard() -> None:
    for status in Status:
        said = status_name(status).partition("-error-")[2]
        assert said == status.name.lower().replace("_", "-")


def test_success_is_the_first_class_only() -> None:
    assert [is_success(code) for code in (0, 1, 0xFF, 0x100, 0x400, 0x503)] == [True] * 3 + [
        False
    ] * 3
