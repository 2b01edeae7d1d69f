"""One engine of ours a set of credentials; keys made once."""

from __future__ import annotations

from core.model.identity import Endpoint
from core.snmp.v3.user import AuthProtocol, V3User
from core.snmp.v3.usm import Engine, Lately, Usm, Usms
from core.snmp.v3.wire import Stamp

ANN = V3User("ann", AuthProtocol.SHA1, "one-password")
OTHER = V3User("ann", AuthProtocol.SHA1, "two-password")


def test_one_name_with_two_passwords_has_two_engines_and_each_is_made_once():
    made = []

    def make(user: V3User) -> Usm:
        made.append(user)
        return Usm(user)

    usms = Usms(make)
    assert usms.of(ANN) is usms.of(V3User("ann", AuthProtocol.SHA1, "one-password"))
    assert usms.of(ANN) is not usms.of(OTHER)
    assert made == [ANN, OTHER]


def test_keys_are_made_once_for_each_engine():
    usm = Usm(ANN)
    assert usm.keys_at(b"\x80one") is usm.keys_at(b"\x80one")
    assert usm.keys_at(b"\x80one").auth != usm.keys_at(b"\x80two").auth


def test_what_is_kept_is_bounded_and_the_oldest_goes():
    kept: Lately[Endpoint, int] = Lately(2)
    one, two, three = (Endpoint(f"10.0.0.{n}") for n in (1, 2, 3))
    kept.put(one, 1)
    kept.put(two, 2)
    assert kept.get(one) == 1
    kept.put(three, 3)
    assert (kept.get(one), kept.get(two), kept.get(three), len(kept)) == (1, None, 3, 2)
    kept.drop(one)
    kept.drop(one)
    assert kept.get(one) is None


def test_a_clock_goes_on_and_never_past_its_end():
    engine = Engine(Stamp(b"\x80e", 3, 100), 50.0, proven=True)
    assert engine.now(62.9) == Stamp(b"\x80e", 3, 112)
    assert engine.now(40.0) == Stamp(b"\x80e", 3, 100)
    late = Engine(Stamp(b"\x80e", 3, 2**31 - 2), 0.0, proven=True)
    assert late.now(1e6).time == 2**31 - 1
