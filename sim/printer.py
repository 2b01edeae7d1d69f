"""One simulated printer: a model, an identity of its own, an address and a life."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from core.snmp.types import Oid, Value
from sim.layout import Layout
from sim.life import Life, Situation
from sim.printer_mib import add_printer, alert_rows
from sim.private import add_private
from sim.spec import Spec, Tray
from sim.system_mib import add_host, add_system, address_rows

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # makers leave out what looks like a digit
DAY = 86400.0


@lru_cache(maxsize=256)
def layout_of(spec: Spec) -> Layout:
    """Build the layout of a model, once for all printers of that model."""
    layout = Layout()
    add_system(layout, spec)
    add_host(layout, spec)
    add_printer(layout, spec)
    add_private(layout, spec)
    layout.close()
    return layout


def fill(pattern: str, rng: Random) -> str:
    """Make a serial number: ``#`` becomes a digit, ``@`` a letter."""
    marks = {"#": "0123456789", "@": LETTERS}
    return "".join(rng.choice(marks[mark]) if mark in marks else mark for mark in pattern)


@dataclass(frozen=True, slots=True)
class Identity:
    """What this printer says of itself; all invented, but for the maker's MAC prefix."""

    serial: str
    mac: bytes
    location: str


class Printer:
    """A printer to be asked. Its time moves by ``advance`` only."""

    def __init__(
        self,
        spec: Spec,
        seed: str,
        *,
        address: bytes = b"\x7f\x00\x00\x01",
        community: bytes = b"public",
        location: str = "",
        situation: Situation = Situation.NORMAL,
    ) -> None:
        rng = Random(seed)  # noqa: S311 - a printer must be the same in every run
        self.spec = spec
        self.address = address
        self.community = community
        self.situation = situation
        self.identity = Identity(
            fill(spec.serial, rng),
            bytes.fromhex(spec.oui) + rng.randbytes(3),
            location,
        )
        self.booted = rng.uniform(1, 40) * DAY
        self.first_interface = next(
            (n for n, i in enumerate(spec.interfaces, start=1) if i.type != 24 and i.up), 1
        )
        self.life = Life(spec, f"{seed}/life", situation)
        self._layout = layout_of(spec)
        self._supply_seed = f"{seed}/supply"
        self._trays = {tray.index: number for number, tray in enumerate(spec.trays)}
        self._rows_revision = -1
        self._rows: dict[Oid, Value] = {}
        self._row_order: list[Oid] = []
        self._fixed = {
            "serial": self.identity.serial,
            "mac": self.mac.hex(),
            "MAC": self.mac.hex().upper(),
            "mac6": self.mac.hex()[6:].upper(),
            "location": self.identity.location,
            "model": spec.model,
            "firmware": spec.firmware,
        }
        self._fixed["host"] = spec.host.format(**self._fixed)

    # --- identity, numbers and texts for the cells

    @property
    def mac(self) -> bytes:
        """The hardware address, 6 octets."""
        return self.identity.mac

    @property
    def uptime(self) -> float:
        """Seconds since it was switched on."""
        return self.booted + self.life.now

    def uptime_at(self, moment: float) -> float:
        """Give the uptime at a moment of the printer's life."""
        return self.booted + moment

    def number(self, expression: str) -> int:
        """Give a number by name; names joined by "+" are added. Raises ``KeyError``."""
        return sum(self._number(name) for name in expression.split("+"))

    def _number(self, name: str) -> int:
        counts = self.life.counts
        if name in counts:
            return counts[name]
        if name.startswith("supply."):
            return round(self.life.supplies[int(name[7:]) - 1] * 10000)
        return _DERIVED[name](self)

    def text(self, template: str) -> str:
        """Fill the names in braces of a text: identity, or numbers."""
        if "{" not in template:
            return template
        return template.format_map(_Names(self))

    def fixed(self, name: str) -> str | None:
        """Give an identity text by name, or ``None``."""
        return self._fixed.get(name)

    def supply_text(self, position: int) -> str:
        """Give the description of a supply, with the serial of the one now in place."""
        supply = self.spec.supplies[position]
        if not supply.serial:
            return supply.description
        times = self.life.replaced[position]
        rng = Random(f"{self._supply_seed}/{position}/{times}")  # noqa: S311 - must repeat
        return supply.description + fill(supply.serial, rng)

    def tray_share(self, tray: Tray) -> float:
        """Give how full a tray is, 0 to 1."""
        return self.life.trays[self._trays[tray.index]]

    # --- what the responder asks for

    def advance(self, to: float) -> None:
        """Live on to this time (seconds since the simulation began)."""
        self.life.advance(to)
        if self._rows_revision != self.life.revision:
            self._rows_revision = self.life.revision
            self._rows = {**address_rows(self), **alert_rows(self)}
            self._row_order = sorted(self._rows)

    def get(self, oid: Oid) -> Value | None:
        """Give the value of this instance, or ``None``."""
        cell = self._layout.cells.get(oid)
        if cell is None:
            return self._rows.get(oid)
        return cell if isinstance(cell, Value) else cell(self)

    def after(self, oid: Oid) -> Oid | None:
        """Give the first instance after this OID, or ``None`` at the end."""
        fixed = self._layout.after(oid)
        position = bisect_right(self._row_order, oid)
        if position == len(self._row_order):
            return fixed
        row = self._row_order[position]
        return row if fixed is None else min(row, fixed)

    def has_object(self, oid: Oid) -> bool:
        """Say whether the object of this OID exists, though this instance does not."""
        return self._layout.has_object(oid)


class _Names(dict[str, str]):
    """The names that a text may hold."""

    def __init__(self, printer: Printer) -> None:
        super().__init__()
        self._printer = printer

    def __missing__(self, name: str) -> str:
        fixed = self._printer.fixed(name)
        return str(self._printer.number(name)) if fixed is None else fixed


def _count(*names: str) -> Callable[[Printer], int]:
    return lambda printer: sum(printer.life.counts[name] for name in names)


_MONO = ("print_mono", "copy_mono", "fax_mono")
_COLOR = ("print_color", "copy_color")
_TOTAL = _count(*_MONO, *_COLOR)
_DERIVED: dict[str, Callable[[Printer], int]] = {
    "total": _TOTAL,
    "mono": _count(*_MONO),
    "color": _count(*_COLOR),
    "print": _count("print_mono", "print_color"),
    "copy": _count("copy_mono", "copy_color"),
    "scan": _count("scan_copy", "scan_fax", "scan_send"),
    "large": _count("large_mono", "large_color"),
    "small_mono": lambda printer: printer.number("mono") - printer.number("large_mono"),
    "small_color": lambda printer: printer.number("color") - printer.number("large_color"),
    "sheets": lambda printer: printer.number("total") - printer.number("duplex"),
    "life": lambda printer: int(
        (_TOTAL(printer) + printer.spec.engine.ahead) / printer.spec.engine.per_unit
    ),
    "inches": lambda printer: int(_TOTAL(printer) * 12 / printer.spec.engine.per_unit),
    "centimeters": lambda printer: int(_TOTAL(printer) * 30.48 / printer.spec.engine.per_unit),
}
