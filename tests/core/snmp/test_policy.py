from __future__ import annotations

import pytest

from core.snmp.access import Access
from core.snmp.policy import Policy
from core.snmp.question import Voice


def test_every_try_waits_longer():
    assert Policy().waits() == pytest.approx((1.0, 1.6, 2.56))
    assert Policy().waits(2) == pytest.approx((1.0, 1.6))
    assert Policy(retries=0).waits(2) == (1.0,)


def test_an_operation_is_bounded_by_default_and_by_wish():
    assert 100 < Policy().limit < 150
    assert Policy(deadline=3).limit == 3


def test_communities_are_in_no_representation():
    assert "s3cret" not in repr(Access(communities=("s3cret",)))
    assert "s3cret" not in repr(Voice(Access().versions[0], b"s3cret"))
