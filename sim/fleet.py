"""The printers of one simulation: which models, where, and in which situation; fixed by a seed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from ipaddress import IPv4Network
from itertools import pairwise
from random import Random

import msgspec

from sim.life import Situation
from sim.printer import Printer
from sim.spec import load_specs

RARE = 0.15  # of the printers beyond the list: not in the normal situation


@dataclass(frozen=True, slots=True)
class Place:
    """One printer of the list in ``fleet.toml``."""

    model: str
    situation: Situation = Situation.NORMAL


@dataclass(frozen=True, slots=True)
class Office:
    """What ``fleet.toml`` says: where printers stand, and which there are."""

    locations: tuple[str, ...]
    printers: tuple[Place, ...]


def _office() -> Office:
    text = files("sim").joinpath("fleet.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Office)


def read_places() -> tuple[Place, ...]:
    """Read the list of printers."""
    return _office().printers


def _location(names: tuple[str, ...], number: int) -> str:
    """Give each printer a place of its own: "Reception", later "Reception, building 2"."""
    building, place = divmod(number, len(names))
    return names[place] + (f", building {building + 1}" if building else "")


def _places(count: int, rng: Random) -> Iterator[Place]:
    listed = read_places()
    for number in range(count):
        place = listed[number % len(listed)]
        if number >= len(listed):
            odd = rng.random() < RARE
            place = Place(place.model, rng.choice(list(Situation)) if odd else Situation.NORMAL)
        yield place


def spread(network: IPv4Network, count: int, seed: int) -> list[str]:
    """Choose ``count`` addresses all over the network, in order.

    Raises ``ValueError`` when the network has too few hosts.
    """
    hosts = network.num_addresses - 2
    if count > hosts:
        raise ValueError(f"{network} has room for {max(hosts, 0)} printers, not for {count}")
    rng = Random(f"{seed}/addresses")  # noqa: S311 - the same seed gives the same addresses
    bounds = [number * hosts // count for number in range(count + 1)]
    return [str(network[1 + rng.randrange(*pair)]) for pair in pairwise(bounds)]


def build(addresses: list[str], seed: int, community: str) -> list[Printer]:
    """Make one printer for each of these addresses."""
    specs, office = load_specs(), _office()
    rng = Random(f"{seed}/fleet")  # noqa: S311 - the same seed gives the same printers
    return [
        Printer(
            specs[place.model],
            f"{seed}/{number}",
            address=bytes(map(int, address.split("."))),
            community=community.encode(),
            location=_location(office.locations, number),
            situation=place.situation,
        )
        for number, (address, place) in enumerate(
            zip(addresses, _places(len(addresses), rng), strict=True)
        )
    ]
