"""docs/protocol.md names every error code, action, event and query that there is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from core.model.action import ARGUMENTS, ActionKind
from core.model.event import EventKind
from core.model.query import QueryKind
from tests.support.need import ROOT

DOCUMENT = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
_CODE = re.compile(r"(hub|code|agent|clock|certificate|bad|no|batch|internal)_[a-z_]+")
#: Words of this shape that are no codes: fields, options, parts of SQL.
_NO_CODES = {
    "agent_id", "agent_once", "certificate_serial", "certificate_verify_failed", "hub_name",
}  # fmt: skip


def sources() -> list[Path]:
    return [
        path
        for folder in ("core/pki", "core/uplink", "hub")
        for path in sorted((ROOT / folder).glob("*.py"))
    ]


def codes() -> set[str]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in sources())
    constants = (n.value for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant))
    texts = (value for value in constants if isinstance(value, str))
    return {text for text in texts if _CODE.fullmatch(text)} - _NO_CODES


def test_there_are_codes() -> None:
    assert {"hub_not_the_one", "code_used", "agent_revoked", "clock_wrong"} <= codes()
    assert len(codes()) > 40


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_error_code_is_explained(code: str) -> None:
    assert f"`{code}`" in DOCUMENT


def test_every_word_of_the_local_channel_is_explained() -> None:
    for kind in (*ActionKind, *EventKind, *QueryKind):
        assert f"`{kind}`" in DOCUMENT, kind
    for kind, arguments in ARGUMENTS.items():
        for name in arguments.__dataclass_fields__:
            assert f"`{name}`" in DOCUMENT, (kind, name)
