"""Whatever the order in which N printers are seen, they end as N devices."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.model.identity import Endpoint, Identity
from core.store.identify import Visit, identify
from core.store.migrate import migrations, upgrade
from tests.support.stored import at

KINDS = ("plain", "server", "one mac", "clones")
SLOW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Printer:
    """A printer at its address; ``moves`` says whether it can be known elsewhere."""

    identity: Identity
    address: str
    row: int | None = None
    moves: bool = True


class Registry:
    """The devices of a database in memory."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.row_factory = sqlite3.Row
        upgrade(self.db, migrations())
        self.db.execute("PRAGMA foreign_keys = ON")
        self._keys = (f"key-{number}" for number in itertools.count())

    def see(self, printer: Printer, identity: Identity, seconds: float) -> int:
        visit = Visit(identity, Endpoint(printer.address), printer.row, at(seconds))
        return identify(self.db, visit, lambda: next(self._keys))[0]

    def sweep(self, printers: Iterable[Printer], start: float) -> list[int]:
        return [self.see(p, p.identity, start + n) for n, p in enumerate(printers)]

    def count(self) -> int:
        return int(self.db.execute("SELECT count(*) FROM device").fetchone()[0])


def _group(number: int, kind: str, size: int, given: frozenset[str]) -> list[Printer]:
    def mac(index: int) -> str:
        return f"00:17:c8:00:{number:02x}:{index:02x}"

    def address(index: int) -> str:
        return f"10.{number}.0.{index}"

    whole = [
        Identity("HP", "M", f"S{number}x{index}", mac(index), f"u{number}x{index}")
        for index in range(size)
    ]
    if kind == "server":
        rows = [replace(i, mac=mac(0), uuid=None) for i in whole]
        rows = [i if "serial" in given else replace(i, serial=None) for i in rows]
        return [Printer(i, address(0), row) for row, i in enumerate(rows, 1)]
    if kind == "one mac":
        return [Printer(replace(i, mac=mac(0)), address(n)) for n, i in enumerate(whole)]
    if kind == "clones":
        clones = [replace(i, serial=f"S{number}", uuid=None) for i in whole]
        return [Printer(i, address(n)) for n, i in enumerate(clones)]
    hidden = {name: None for name in ("serial", "mac", "uuid") if name not in given}
    return [
        Printer(replace(i, **hidden), address(n), moves=bool(given)) for n, i in enumerate(whole)
    ]


@st.composite
def fleets(draw: st.DrawFn) -> list[Printer]:
    fleet: list[Printer] = []
    for number in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(KINDS))
        given = draw(st.frozensets(st.sampled_from(["serial", "mac", "uuid"])))
        fleet += _group(number, kind, draw(st.integers(1, 3)), given)
    return fleet


def _moved(fleet: list[Printer], random: Random) -> list[Printer]:
    """Deal the addresses of all that can be known elsewhere out anew."""
    old = sorted({p.address for p in fleet if p.moves})
    new = dict(zip(old, random.sample(old, len(old)), strict=True))
    return [replace(p, address=new.get(p.address, p.address)) for p in fleet]


def _part(identity: Identity, random: Random) -> Identity:
    names = ("vendor", "serial", "mac", "uuid")
    return replace(identity, **{name: None for name in names if random.random() < 0.4})


@SLOW
@given(fleets(), st.randoms(use_true_random=False))
def test_full_sightings_in_any_order_and_number(fleet: list[Printer], random: Random) -> None:
    registry = Registry()
    order = [*fleet, *random.choices(fleet, k=10)]
    random.shuffle(order)
    rows = dict(zip(order, registry.sweep(order, 0), strict=True))
    assert registry.count() == len(set(rows.values())) == len(fleet)


@SLOW
@given(fleets(), st.randoms(use_true_random=False))
def test_sweeps_between_which_printers_trade_addresses(
    fleet: list[Printer], random: Random
) -> None:
    registry = Registry()
    random.shuffle(fleet)
    first = registry.sweep(fleet, 0)
    for hour in (1, 2, 3):
        moved = _moved(fleet, random)
        order = random.sample(range(len(fleet)), len(fleet))
        rows = registry.sweep([moved[n] for n in order], hour * 3600)
        assert [first[n] for n in order] == rows, "a printer that moved became another device"
    assert registry.count() == len(fleet)


@SLOW
@given(fleets(), st.randoms(use_true_random=False))
def test_parts_of_identities_in_any_order_before_whole_ones(
    fleet: list[Printer], random: Random
) -> None:
    registry = Registry()
    for second in range(20):
        printer = random.choice(fleet)
        registry.see(printer, _part(printer.identity, random), second)
    random.shuffle(fleet)
    registry.sweep(fleet, 30)
    rows = registry.sweep(fleet, 60)
    assert registry.count() == len(set(rows)) == len(fleet)
    assert not list(registry.db.execute("PRAGMA foreign_key_check"))
