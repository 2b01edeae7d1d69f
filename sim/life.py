"""The life of one simulated printer: jobs, supplies that fall and are replaced, jams, sleep.

Everything follows from the seed and the printer's own time in seconds, which is passed in: the same
seed gives the same life, however often and whenever somebody looks.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from enum import StrEnum
from random import Random

from sim import alerts
from sim.alerts import Alert, Condition
from sim.spec import Spec

DAY = 86400.0
LOW = 0.1
PAGES_PER_JAM = 4000


class Situation(StrEnum):
    """How a printer is when the simulation begins."""

    NORMAL = "normal"
    JAM = "jam"
    LOW = "low"
    EMPTY = "empty"
    TRAY = "tray"
    SLEEPING = "sleeping"


class Life:
    """The changing part of a printer. ``counts`` only ever grow."""

    def __init__(self, spec: Spec, seed: str, situation: Situation = Situation.NORMAL) -> None:
        self._spec = spec
        self._random = Random(seed)  # noqa: S311 - a life must repeat; nothing secret is made
        self.now = 0.0
        self.counts = self._first_counts()
        self.supplies = [self._random.uniform(0.25, 1.0) for _ in spec.supplies]
        self.replaced = [self._random.randrange(1, 5) for _ in spec.supplies]
        self.trays = [self._random.uniform(0.3, 1.0) for _ in spec.trays]
        self.alerts: list[Alert] = []
        self.alert_events = self._random.randrange(20, 900)
        self.critical_events = self.alert_events // 9
        self.revision = 0
        self._jammed = False
        self._printing = False
        self._sleep_at = 0.0
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._order = 0
        self._alert_index = self._random.randrange(1, 200)
        self._begin(situation)
        self._sync_alerts()

    # --- what a reader sees

    def advance(self, to: float) -> None:
        """Live on to this time; an earlier one changes nothing."""
        while self._events and self._events[0][0] <= to:
            self.now, _, action = heapq.heappop(self._events)
            action()
            self._sync_alerts()
        self.now = max(self.now, to)

    @property
    def printing(self) -> bool:
        """Whether a job is on its way."""
        return self._printing

    @property
    def asleep(self) -> bool:
        """Whether the engine is asleep."""
        return not self._printing and not self.stopped and self.now >= self._sleep_at

    @property
    def stopped(self) -> bool:
        """Whether it cannot print before a person has done something."""
        return self._jammed or any(alert.condition.stops for alert in self.alerts)

    @property
    def conditions(self) -> list[Condition]:
        """The conditions in force."""
        return [alert.condition for alert in self.alerts]

    # --- how it begins

    def _first_counts(self) -> dict[str, int]:
        engine, rng = self._spec.engine, self._random
        mix, total = engine.mix, rng.randint(*engine.life)
        shares = {
            "copy_color": mix.copy * mix.color * 0.5,
            "copy_mono": mix.copy * (1 - mix.color * 0.5),
            "fax_mono": mix.fax,
            "print_color": (1 - mix.copy - mix.fax) * mix.color,
        }
        counts = {name: round(total * share) for name, share in shares.items()}
        counts["print_mono"] = total - sum(counts.values())
        color = counts["copy_color"] + counts["print_color"]
        counts["large_color"] = round(color * mix.large)
        counts["large_mono"] = round((total - color) * mix.large)
        counts["duplex"] = round(total * mix.duplex / 2)
        counts["scan_copy"] = round((counts["copy_color"] + counts["copy_mono"]) * 0.8)
        counts["scan_fax"] = round(counts["fax_mono"] * 0.4)
        counts["scan_send"] = round(total * mix.scan)
        counts["power_on"] = rng.randrange(10, 900)
        counts["jams"] = total // PAGES_PER_JAM
        return counts

    def _begin(self, situation: Situation) -> None:
        first = self._gap()
        later = self._random.uniform(2, 4) * 3600
        if situation is Situation.JAM:
            self._jam(later)
        elif situation is Situation.LOW and self.supplies:
            self.supplies[0] = self._random.uniform(0.03, 0.08)
        elif situation is Situation.EMPTY and self.supplies:
            self.supplies[0] = 0.0
            self._at(later, lambda: self._replace(0))
        elif situation is Situation.TRAY and self.trays:
            self.trays[0] = 0.0
            self._at(later, lambda: self._refill(0))
        elif situation is Situation.SLEEPING:
            first = later
        if situation is not Situation.SLEEPING:
            self._stay_awake()
        self._at(first, self._job)

    # --- what happens

    def _at(self, when: float, action: Callable[[], None]) -> None:
        self._order += 1
        heapq.heappush(self._events, (when, self._order, action))

    def _stay_awake(self) -> None:
        self._sleep_at = self.now + self._spec.sleep_after
        # Falling asleep is an event like any other, so that it is at its time, not when seen.
        self._at(self._sleep_at, lambda: None)

    def _gap(self) -> float:
        return self._random.expovariate(self._spec.engine.jobs_per_day / DAY)

    def _job(self) -> None:
        if self.stopped or self._printing:
            self._at(self.now + 60 + self._gap(), self._job)
            return
        rng, mix = self._random, self._spec.engine.mix
        pages = min(1 + int(rng.expovariate(0.25)), 200)
        if rng.random() < mix.scan / (1 + mix.scan):
            self.counts["scan_send"] += pages
            self._stay_awake()
            self._at(self.now + self._gap(), self._job)
            return
        self._printing = True
        took = pages * 60 / self._spec.engine.pages_per_minute
        self._at(self.now + took, lambda: self._printed(pages))
        self._at(self.now + took + self._gap(), self._job)

    def _printed(self, pages: int) -> None:
        rng, mix = self._random, self._spec.engine.mix
        kind = rng.random()
        service = "copy" if kind < mix.copy else "fax" if kind < mix.copy + mix.fax else "print"
        color = service != "fax" and rng.random() < mix.color
        tone = "color" if color else "mono"
        self.counts[f"{service}_{tone}"] += pages
        if rng.random() < mix.large:
            self.counts[f"large_{tone}"] += pages
        if service != "print":
            self.counts[f"scan_{service}"] += pages
        sheets = pages
        if rng.random() < mix.duplex:
            self.counts["duplex"] += pages // 2
            sheets -= pages // 2
        self._use(pages, sheets, tone)
        self._printing = False
        self._stay_awake()
        if rng.random() < pages / PAGES_PER_JAM:
            self._jam(self.now + rng.uniform(180, 1800))

    def _use(self, pages: int, sheets: int, tone: str) -> None:
        for number, supply in enumerate(self._spec.supplies):
            if supply.uses in ("total", tone) and self.supplies[number] > 0:
                self.supplies[number] -= pages / supply.lasts
                if self.supplies[number] <= 0:
                    self.supplies[number] = 0.0
                    soon = self.now + self._random.uniform(300, 3600)
                    self._at(soon, lambda number=number: self._replace(number))  # type: ignore[misc]
        full = [number for number, level in enumerate(self.trays) if level > 0]
        if full:
            number = self._random.choice(full)
            self.trays[number] -= sheets / max(self._spec.trays[number].max, 50)
            if self.trays[number] <= 0:
                self.trays[number] = 0.0
                self._at(self.now + self._random.uniform(120, 1800), lambda: self._refill(number))

    def _replace(self, number: int) -> None:
        self.supplies[number] = 1.0
        self.replaced[number] += 1
        self._stay_awake()

    def _refill(self, number: int) -> None:
        self.trays[number] = 1.0
        self._stay_awake()

    def _jam(self, until: float) -> None:
        self._jammed = True
        self.counts["jams"] += 1
        self._at(until, self._clear)

    def _clear(self) -> None:
        self._jammed = False
        self._stay_awake()

    # --- alerts

    def _wanted(self) -> list[Condition]:
        wanted = [alerts.JAM] if self._jammed else []
        for supply, level in zip(self._spec.supplies, self.supplies, strict=True):
            if level <= 0:
                wanted.append(alerts.supply_empty(supply.type, supply.index, supply.description))
            elif level < LOW:
                wanted.append(alerts.supply_low(supply.type, supply.index, supply.description))
        empty = [number for number, level in enumerate(self.trays) if level <= 0]
        last = len(empty) == len(self.trays)
        for number in empty:
            tray = self._spec.trays[number]
            wanted.append(alerts.tray_empty(tray.index, tray.name, last=last))
        return wanted

    def _sync_alerts(self) -> None:
        wanted = self._wanted()
        if not wanted and self.asleep:
            wanted = [alerts.SLEEP]
        kept = [alert for alert in self.alerts if alert.condition in wanted]
        known = {alert.condition for alert in kept}
        for condition in wanted:
            if condition not in known:
                self._alert_index += 1
                kept.append(Alert(self._alert_index, condition, self.now))
                self.alert_events += 1
                self.critical_events += condition.severity == alerts.CRITICAL
        if kept != self.alerts:
            self.alerts = kept
            self.revision += 1
