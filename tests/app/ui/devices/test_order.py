"""The order that is kept bit by bit is the one that a whole sort would give."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.devices.filter import parse
from app.ui.devices.order import DeviceOrder
from app.ui.devices.row import Column, DeviceRow, make_row
from core.model.device import DeviceSummary
from tests.support.sample_devices import summary


def as_sorted(order: DeviceOrder) -> list[str]:
    """Give the keys as one sort of everything puts them."""
    place = int(order.column)

    def rank(row: DeviceRow) -> tuple[object, ...]:
        return (row.order[place], row.order[0], row.key)

    rows = list(order.rows.values())
    known = sorted((r for r in rows if r.order[place] is not None), key=rank)
    if order.descending:
        known.reverse()
    unknown = sorted((r for r in rows if r.order[place] is None), key=lambda r: (r.order[0], r.key))
    return [row.key for row in (*known, *unknown) if order.filter.holds(row)]


def news(dice: Random) -> DeviceSummary:
    """Give a device that is new, or otherwise than before, in what it is sorted by or not."""
    number = dice.randrange(60)
    found = summary(number)
    latest = found.latest
    if latest is not None and dice.random() < 0.5:
        meters = {"total": dice.randrange(5)} if dice.random() < 0.7 else {}
        found = replace(found, latest=replace(latest, meters=meters))
    if dice.random() < 0.2:
        found = replace(found, latest=None)
    if dice.random() < 0.3:
        device = found.device
        identity = replace(device.identity, location=dice.choice(("Hall", "hall 2", "Hall 10")))
        found = replace(found, device=replace(device, identity=identity))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_it_is_the_order_of_a_whole_sort_whatever_happens(qapp: QApplication, seed: int) -> None:
    dice = Random(seed)
    order = DeviceOrder()
    for _ in range(300):
        before = order.shown()
        what = dice.random()
        if what < 0.8:
            moved = order.put(make_row(news(dice)))
            assert moved or order.shown() == before
        elif what < 0.88 and order.rows:
            order.drop(dice.choice(sorted(order.rows)))
        elif what < 0.94:
            order.sort(dice.choice(list(Column)), descending=dice.random() < 0.5)
        else:
            order.set_filter(parse(dice.choice(("", "kyocera", "hall -is:unread", "total<3"))))
        assert order.shown() == as_sorted(order)
    assert order.drop("nobody") is None
