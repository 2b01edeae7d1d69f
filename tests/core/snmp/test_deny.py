from __future__ import annotations

import pytest

from core.model.problem import RefusedError
from core.snmp.deny import DENIED, denied_prefix, holds_denied, refuse_denied


@pytest.mark.parametrize("prefix", DENIED)
def test_every_prefix_is_refused_with_its_reason(prefix):
    for oid in (prefix, (*prefix, 1), (*prefix, 2**32 - 1, 0)):
        assert denied_prefix(oid) == prefix
        with pytest.raises(RefusedError) as caught:
            refuse_denied(oid)
        assert caught.value.problem.code == "oid_denied"
        assert DENIED[prefix] in caught.value.problem.text


@pytest.mark.parametrize(
    "oid",
    [
        (1, 3, 6, 1, 2, 1, 25),
        (1, 3, 6, 1, 2, 1, 25, 3, 2, 1, 3, 1),
        (1, 3, 6, 1, 2, 1, 25, 44),
        (1, 3, 6, 1, 2, 1, 43, 10, 2, 1, 4, 1, 1),
        (1, 3, 6, 1, 4, 1, 2699, 1, 2, 1, 2, 1, 1, 3, 1),
        (1, 3, 6, 1, 4, 1, 2699, 1, 3),
        (1, 3),
        (),
    ],
)
def test_what_a_reading_needs_is_not_denied(oid):
    assert denied_prefix(oid) is None
    refuse_denied(oid)


def test_a_root_knows_whether_something_denied_lies_below():
    assert holds_denied((1, 3, 6, 1, 2, 1, 25))
    assert holds_denied((1, 3))
    assert holds_denied((1, 3, 6, 1, 2, 1, 43))  # prtGeneralServicePerson
    assert not holds_denied((1, 3, 6, 1, 2, 1, 43, 11))
