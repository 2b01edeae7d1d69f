"""Users of SNMPv3: what USM allows, and that nothing is shown."""

from __future__ import annotations

import pytest

from core.model.problem import BadInputError
from core.snmp.v3.user import AuthProtocol, PrivProtocol, SecurityLevel, V3User

GOOD = "long-enough"


@pytest.mark.parametrize(
    "given",
    [
        {"name": ""},
        {"name": "x" * 33},
        {"name": "ann", "priv": PrivProtocol.AES128, "priv_password": GOOD},
        {"name": "ann", "auth": AuthProtocol.MD5, "auth_password": "seven77"},
        {"name": "ann", "context": "x" * 256},
        {
            "name": "ann",
            "auth": AuthProtocol.MD5,
            "auth_password": GOOD,
            "priv": PrivProtocol.DES,
            "priv_password": "seven77",
        },
    ],
)
def test_what_usm_does_not_allow_is_refused(given):
    with pytest.raises(BadInputError) as caught:
        V3User(**given)
    assert caught.value.problem.code == "bad_v3_user"
    assert "seven77" not in repr(caught.value.problem)


def test_levels_follow_from_the_protocols():
    assert V3User("ann").level is SecurityLevel.NO_AUTH_NO_PRIV
    proved = V3User("ann", AuthProtocol.SHA1, GOOD)
    assert proved.level is SecurityLevel.AUTH_NO_PRIV
    hidden = V3User("ann", AuthProtocol.SHA1, GOOD, PrivProtocol.DES, GOOD)
    assert hidden.level is SecurityLevel.AUTH_PRIV
    assert GOOD not in repr(hidden)
