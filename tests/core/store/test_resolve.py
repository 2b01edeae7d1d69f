"""The order and the conflict rules, case by case."""

from __future__ import annotations

import pytest

from core.model.identity import Endpoint, Identity
from core.store.compare import SAME_TIME, Sighting
from core.store.resolve import Candidate, Decision, resolve

LATER = SAME_TIME + 1
MAC, CARD = "00:17:c8:00:00:01", "00:17:c8:00:00:02"


def seen(place: str = "a", *, at: float = 0, row: int | None = None, **identity: str) -> Sighting:
    address = {"a": "10.0.0.1", "b": "10.0.0.2", "c": "10.0.0.3"}[place]
    return Sighting(Identity(**{"vendor": "HP", **identity}), Endpoint(address), row, at)


def known(number: int, last: Sighting, *, holds_place: bool = True) -> Candidate:
    return Candidate(number, last, holds_place)


def device(sighting: Sighting, *candidates: Candidate) -> int | None:
    forwards = resolve(sighting, candidates)
    assert resolve(sighting, candidates[::-1]) == forwards, "the order of candidates mattered"
    return forwards.device


def test_nobody_known_is_a_new_device() -> None:
    sighting = seen(serial="S")
    assert resolve(sighting, []) == Decision(None, sighting.identity)


def test_a_serial_is_known_at_another_address() -> None:
    decision = resolve(seen("b", serial="S"), [known(7, seen("a", serial="S", model="M"))])
    assert (decision.device, decision.moved) == (7, True)
    assert decision.identity == Identity(vendor="HP", serial="S", model="M")


def test_another_serial_at_an_old_address_is_another_device() -> None:
    assert device(seen(serial="T"), known(7, seen(serial="S"))) is None


def test_a_serial_counts_with_its_maker() -> None:
    assert device(seen("b", serial="S", vendor="Canon"), known(7, seen(serial="S"))) is None


@pytest.mark.parametrize("sign", [{"mac": MAC}, {"uuid": "u"}, {}])
def test_a_maker_classified_anew_needs_a_second_sign(sign: dict[str, str]) -> None:
    last = known(7, seen("a", serial="S", vendor="Ricoh", **sign))
    assert device(seen("a", serial="S", vendor="Lanier", **sign), last) == 7
    elsewhere = device(seen("b", serial="S", vendor="Lanier", **sign), last)
    assert elsewhere == (7 if sign else None)


def test_a_serial_without_a_maker_names_nobody_elsewhere() -> None:
    bare = Sighting(Identity(serial="S"), Endpoint("10.0.0.2"), None, 0)
    assert device(bare, known(7, seen("a", serial="S"))) is None
    assert device(bare, known(7, seen("b", serial="S"))) == 7


def test_letters_of_either_case_are_one_serial() -> None:
    assert device(seen("b", serial="ab1"), known(7, seen(serial="AB1"))) == 7


def test_a_mac_is_known_at_another_address() -> None:
    assert device(seen("b", mac=MAC), known(7, seen("a", mac=MAC))) == 7


def test_the_serial_goes_before_the_mac_and_the_mac_before_the_uuid() -> None:
    by_serial = known(1, seen("a", serial="S"))
    by_mac = known(2, seen("b", mac=MAC))
    by_uuid = known(3, seen("c", uuid="u"))
    sighting = seen("b", serial="S", mac=MAC, uuid="u")
    assert device(sighting, by_serial, by_mac, by_uuid) == 1
    assert device(sighting, by_mac, by_uuid) == 2
    assert device(sighting, by_uuid) == 3


def test_records_that_turn_out_to_be_one_printer_become_one() -> None:
    parts = [known(3, seen("c", uuid="u")), known(2, seen("b", mac=MAC, name="lobby"))]
    decision = resolve(
        seen("b", serial="S", mac=MAC, uuid="u"), [known(1, seen("a", serial="S")), *parts]
    )
    assert decision.device == 1
    assert decision.absorbed == (2, 3)
    assert decision.identity.name == "lobby"


def test_one_serial_with_two_cards_at_one_time_is_two_printers() -> None:
    first = known(7, seen("a", serial="S", mac=MAC))
    assert device(seen("b", serial="S", mac=CARD), first) is None


def test_one_serial_with_a_new_card_is_the_same_printer_later_or_in_its_place() -> None:
    first = known(7, seen("a", serial="S", mac=MAC))
    assert device(seen("b", serial="S", mac=CARD, at=LATER), first) == 7
    assert device(seen("a", serial="S", mac=CARD), first) == 7


def test_known_clones_are_told_apart_by_card_and_place() -> None:
    clones = [known(1, seen("a", serial="S", mac=MAC)), known(2, seen("b", serial="S", mac=CARD))]
    assert device(seen("c", serial="S", mac=CARD, at=LATER), *clones) == 2
    assert device(seen("a", serial="S", at=LATER), *clones) == 1
    assert device(seen("c", serial="S", at=LATER), *clones) is None
    assert device(seen("a", serial="S", mac=CARD, at=LATER), *clones) == 2


def test_a_clone_is_never_absorbed() -> None:
    clones = [known(1, seen("a", serial="S", mac=MAC)), known(2, seen("b", serial="S", mac=CARD))]
    assert resolve(seen("a", serial="S", mac=CARD, at=LATER), clones).absorbed == ()


def test_a_mac_with_two_serials_names_nobody_by_itself() -> None:
    server = [known(1, seen("a", serial="S", mac=MAC)), known(2, seen("b", serial="T", mac=MAC))]
    assert device(seen("c", mac=MAC), *server) is None
    assert device(seen("b", mac=MAC), *server) == 2
    assert device(seen("c", serial="U", mac=MAC), *server) is None


def test_a_part_seen_behind_a_shared_mac_is_absorbed_by_its_own_printer_only() -> None:
    server = [
        known(1, seen("a", serial="S", mac=MAC)),
        known(2, seen("b", serial="T", mac=MAC)),
        known(3, seen("c", mac=MAC)),
    ]
    assert resolve(seen("a", serial="S", mac=MAC), server).absorbed == ()
    assert resolve(seen("c", serial="S", mac=MAC), server).absorbed == (3,)


def test_two_rows_of_one_address_are_two_printers() -> None:
    first = known(1, seen("a", mac=MAC, row=1))
    assert device(seen("a", mac=MAC, row=2), first) is None
    assert device(seen("a", mac=MAC), first) is None
    assert device(seen("b", mac=MAC, row=1), first) == 1
    assert device(seen("a", serial="S", mac=MAC, row=2), first) is None


def test_a_serial_in_two_rows_is_two_printers_at_one_time_and_a_new_number_later() -> None:
    first = known(1, seen("a", serial="S", row=1))
    assert device(seen("a", serial="S", row=2), first) is None
    assert device(seen("a", serial="S", row=2, at=LATER), first) == 1
    assert device(seen("a", serial="S"), first) == 1


def test_a_uuid_holds_through_a_change_of_cards() -> None:
    first = known(1, seen("a", uuid="u", mac=MAC))
    assert device(seen("b", uuid="u", mac=CARD, at=LATER), first) == 1
    assert device(seen("b", uuid="u", mac=CARD), first) is None
    assert device(seen("b", uuid="u"), first) == 1


def test_a_shared_uuid_names_nobody_by_itself() -> None:
    twins = [known(1, seen("a", uuid="u", mac=MAC)), known(2, seen("b", uuid="u", mac=CARD))]
    assert device(seen("c", uuid="u"), *twins) is None
    assert device(seen("b", uuid="u"), *twins) == 2


def test_a_nameless_printer_is_known_by_its_place_and_row() -> None:
    first = known(1, seen("a", row=1))
    assert device(seen("a", row=1, at=LATER), first) == 1
    assert device(seen("a", row=2), first) is None
    assert device(seen("a", row=1, vendor="Canon"), first) is None


def test_a_nameless_record_becomes_the_printer_that_names_itself_at_last() -> None:
    first = known(1, seen("a"))
    assert device(seen("a", serial="S", at=LATER), first) == 1
    assert device(seen("a", serial="S", vendor="Canon"), first) is None


def test_a_nameless_record_joins_the_printer_that_was_known_elsewhere() -> None:
    decision = resolve(
        seen("b", serial="S"), [known(1, seen("a", serial="S")), known(2, seen("b"))]
    )
    assert (decision.device, decision.absorbed, decision.moved) == (1, (2,), True)


def test_a_printer_that_tells_less_today_is_the_one_of_its_place() -> None:
    last = seen("a", serial="S", mac=MAC)
    assert device(seen("a", at=LATER), known(1, last)) == 1
    assert device(seen("a"), known(1, last, holds_place=False)) is None


def test_two_parts_of_an_identity_join_in_one_place_at_one_time_only() -> None:
    first = known(1, seen("a", serial="S", model="M"))
    assert device(seen("a", mac=MAC, model="M"), first) == 1
    assert device(seen("a", mac=MAC, model="N"), first) is None
    assert device(seen("a", mac=MAC, model="M", at=LATER), first) is None
    assert device(seen("b", mac=MAC, model="M"), first) is None


def test_a_named_record_is_not_absorbed_because_of_its_place() -> None:
    others = [known(1, seen("a", serial="S")), known(2, seen("b", mac=MAC))]
    assert resolve(seen("b", serial="S"), others).absorbed == ()
