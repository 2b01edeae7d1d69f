"""Who stands where on the map, decided by nothing but the segments and the printers themselves.

Nothing is stored: the same segments and printers give the same map after every start. Segments
have their directions in the order of approval (those that are not approved after them, the one
whose printer was seen first before the others). Along its arc a printer takes a place in the order
of ``first_seen`` and key, so whoever comes later stands further along and moves nobody. A place
that is let go stays free until a new printer takes it, or until the window starts again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from app.ui.map.layout import (
    RING_GAP,
    ROW_GAP,
    Sector,
    basis_of,
    directions,
    innermost,
    wedge,
)

ArcId: TypeAlias = tuple[str, int | None]  # segment and distance


@dataclass(frozen=True, slots=True)
class Resident:
    """A printer as far as its place goes: ``hops`` is ``None`` where its distance is not known,
    ``since`` when it was first seen (RFC 3339).
    """

    key: str
    segment: str
    hops: int | None
    since: str

    @property
    def turn(self) -> tuple[str, str]:
        """What decides who comes before whom."""
        return self.since, self.key


@dataclass(frozen=True, slots=True)
class Ring:
    """One distance: its radius, and how far out the last row of its printers stands."""

    hops: int | None
    radius: float
    reach: float


@dataclass(slots=True)
class _Arc:
    """The places of one arc. ``taken`` is in the order of turns."""

    taken: dict[str, int] = field(default_factory=dict)
    last: tuple[str, str] = ("", "")
    free: list[int] = field(default_factory=list)
    sector: Sector | None = None

    @property
    def rooms(self) -> int:
        """How many places are taken or were let go."""
        return len(self.taken) + len(self.free)

    def leave(self, key: str) -> None:
        """Let a place go; an arc that nobody stands at begins anew."""
        self.free = sorted([*self.free, self.taken.pop(key)]) if len(self.taken) > 1 else []
        self.taken.pop(key, None)

    def take(self, new: list[Resident], everyone: Iterable[Resident]) -> None:
        """Give places to new printers; one from before the last makes all be placed anew."""
        new.sort(key=lambda one: one.turn)
        if self.taken and new[0].turn < self.last:
            self.settle(everyone)
            return
        for one in new:
            self.taken[one.key] = self.free.pop(0) if self.free else len(self.taken)
        self.last = new[-1].turn

    def settle(self, everyone: Iterable[Resident]) -> None:
        """Place all anew, as after a start."""
        turns = sorted(everyone, key=lambda one: one.turn)
        self.taken = {one.key: place for place, one in enumerate(turns)}
        self.free = []
        self.last = turns[-1].turn


class RingLayout:
    """Segments and printers with their places; call ``arrange`` after changes."""

    def __init__(self) -> None:
        self._approved: tuple[str, ...] = ()
        self._loose: dict[str, None] = {}  # not approved and perhaps empty, in the order of coming
        self._told: dict[str, int] = {}  # distances that a search told
        self._residents: dict[str, Resident] = {}
        self._by_segment: defaultdict[str, dict[str, Resident]] = defaultdict(dict)
        self._home: dict[str, ArcId] = {}
        self._arcs: dict[ArcId, _Arc] = {}
        self._rings: tuple[Ring, ...] = ()
        self._stale: set[str] = set()

    # --- what there is --------------------------------------------------------------------------

    @property
    def segments(self) -> tuple[str, ...]:
        """The segments in the order of their directions."""
        return tuple(self._in_order())

    @property
    def rings(self) -> tuple[Ring, ...]:
        """The rings that are needed, from the inside; the one of unknown distance is the last."""
        return self._rings

    @property
    def sectors(self) -> list[Sector]:
        """The arcs: by segment, then by distance."""
        return [arc.sector for arc in self._arcs.values() if arc.sector is not None]

    @property
    def tight(self) -> bool:
        """Whether any arc has so many printers that its outer rows stand close together."""
        return any(
            arc.sector is not None and arc.sector.reach(arc.rooms) > arc.sector.radius + ROW_GAP + 1
            for arc in self._arcs.values()
        )

    def arc_of(self, key: str) -> ArcId | None:
        """Give the arc that a printer stands at."""
        return self._home.get(key)

    def count(self, arc: ArcId) -> int:
        """Give how many printers stand at an arc."""
        found = self._arcs.get(arc)
        return len(found.taken) if found else 0

    def holds(self, segment: str) -> bool:
        """Say whether a segment has any printer."""
        return bool(self._by_segment.get(segment))

    def reach(self, arc: ArcId) -> float:
        """Give the radius of the outermost row of an arc."""
        found = self._arcs[arc]
        return found.sector.reach(found.rooms) if found.sector else 0.0

    def positions(self, arc: ArcId) -> dict[str, tuple[float, float]]:
        """Give the places of all printers of an arc."""
        found = self._arcs[arc]
        places = found.sector.places(found.rooms) if found.sector else []
        return {key: places[place] for key, place in found.taken.items()}

    # --- changes --------------------------------------------------------------------------------

    def set_approved(self, names: Iterable[str], keep: Collection[str] = ()) -> None:
        """Take the approved segments; others without printers go unless they are in ``keep``."""
        self._approved = tuple(dict.fromkeys(names))
        self._loose = {name: None for name in self._loose if name in keep}

    def add_segment(self, name: str, hops: int | None = None) -> None:
        """Take a segment that is searched, with its distance as far as that is known."""
        self._loose.setdefault(name)
        if hops is not None and self._told.get(name) != hops:
            self._told[name] = hops
            self._stale.add(name)

    def put(self, resident: Resident) -> bool:
        """Take a printer, or news of one; says whether anything may have to move for it."""
        before = self._residents.get(resident.key)
        if before == resident:
            return False
        if before is not None and before.segment != resident.segment:
            self._forget(before)
        self._residents[resident.key] = resident
        self._by_segment[resident.segment][resident.key] = resident
        self._stale.add(resident.segment)
        return True

    def remove(self, key: str) -> None:
        """Let a printer go."""
        known = self._residents.pop(key, None)
        if known is not None:
            self._forget(known)

    def _forget(self, known: Resident) -> None:
        members = self._by_segment[known.segment]
        del members[known.key]
        if not members:
            del self._by_segment[known.segment]
        self._leave(known.key)
        self._stale.add(known.segment)

    def _leave(self, key: str) -> None:
        arc = self._home.pop(key, None)
        if arc is not None and arc in self._arcs:
            self._arcs[arc].leave(key)

    # --- arranging ------------------------------------------------------------------------------

    def arrange(self) -> set[ArcId]:
        """Bring everything up to date; gives the arcs whose printers may have other places."""
        order = self._in_order()
        arcs, moved = self._settle(order)
        self._arcs = {arc: self._arcs[arc] for arc in arcs}
        divided = directions(len(order))
        wedges = {name: wedge(number, divided) for number, name in enumerate(order)}
        inner = innermost(divided)
        rings: list[Ring] = []
        for hops in sorted({hops for _, hops in arcs}, key=lambda h: (h is None, h or 0)):
            radius = rings[-1].reach + RING_GAP if rings else inner
            basis, reach = basis_of(radius, inner), radius
            for arc_id in (arc for arc in arcs if arc[1] == hops):
                sector = Sector(arc_id[0], hops, *wedges[arc_id[0]], radius, basis)
                if self._arcs[arc_id].sector != sector:
                    self._arcs[arc_id].sector = sector
                    moved.add(arc_id)
                reach = max(reach, sector.reach(self._arcs[arc_id].rooms))
            rings.append(Ring(hops, radius, reach))
        self._rings = tuple(rings)
        return moved

    def _in_order(self) -> list[str]:
        known = dict.fromkeys(self._approved)
        lived = [name for name in self._by_segment if name not in known]
        empty = [n for n in self._loose if n not in known and n not in self._by_segment]
        return [*known, *sorted(lived, key=self._first_of), *empty]

    def _first_of(self, name: str) -> tuple[str, str]:
        return min(one.since for one in self._by_segment[name].values()), name

    def _settle(self, order: list[str]) -> tuple[list[ArcId], set[ArcId]]:
        """Sort printers into arcs; gives the arcs there are, and those with other printers."""
        arcs: list[ArcId] = []
        moved: set[ArcId] = set()
        before: defaultdict[str, set[ArcId]] = defaultdict(set)
        for arc in self._arcs:
            before[arc[0]].add(arc)
        for name in order:
            there = before[name]
            if name in self._stale or not there:
                home = (name, self._distance(name))
                wanted = self._wanted(home)
                moved |= self._move(wanted)
                there = {home, *wanted}
                self._arcs.setdefault(home, _Arc())
            arcs += sorted(there, key=lambda arc: (arc[1] is None, arc[1] or 0))
        self._stale.clear()
        return arcs, moved

    def _distance(self, name: str) -> int | None:
        """Give the ring of a segment: that of its nearest printer, else what a search told."""
        members = self._by_segment.get(name, {}).values()
        nearest = min((one.hops for one in members if one.hops is not None), default=None)
        return self._told.get(name) if nearest is None else nearest

    def _wanted(self, home: ArcId) -> dict[ArcId, list[Resident]]:
        # A printer that tells no distance stands with its segment: what is known of it is in its
        # details, and one missing measurement is not worth a ring.
        wanted: defaultdict[ArcId, list[Resident]] = defaultdict(list)
        for one in self._by_segment.get(home[0], {}).values():
            wanted[home[0], home[1] if one.hops is None else one.hops].append(one)
        return wanted

    def _move(self, wanted: dict[ArcId, list[Resident]]) -> set[ArcId]:
        moved: set[ArcId] = set()
        left: set[ArcId] = set()
        for arc_id, residents in wanted.items():
            new = [one for one in residents if self._home.get(one.key) != arc_id]
            if not new:
                continue
            for one in new:
                left |= {self._home[one.key]} if one.key in self._home else set()
                self._leave(one.key)
                self._home[one.key] = arc_id
            self._arcs.setdefault(arc_id, _Arc()).take(new, residents)
            moved.add(arc_id)
        # Who turns out to be elsewhere leaves no gap: after a start there would be none.
        for arc_id in left & set(wanted):
            self._arcs[arc_id].settle(wanted[arc_id])
        return moved | left & set(wanted)
