"""A printer model as data: ``sim/models/*.toml`` read into frozen dataclasses."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files

import msgspec


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares (0 to 1) of the work: of jobs in colour, copied, received by fax, two-sided, on large
    paper (A3), and of jobs that only scan.
    """

    color: float = 0.0
    copy: float = 0.0
    fax: float = 0.0
    duplex: float = 0.0
    large: float = 0.0
    scan: float = 0.0


@dataclass(frozen=True, slots=True)
class Engine:
    """The print engine. ``life`` is the range of totals that such a printer starts with; ``ahead``
    is how far prtMarkerLifeCount runs ahead of the billing total; ``unit`` is prtMarkerCounterUnit
    (RFC 3805; absent: the row is missing); ``per_unit`` is impressions for one such unit.
    """

    pages_per_minute: int
    jobs_per_day: int
    life: tuple[int, int]
    ahead: int = 0
    unit: int | None = 7
    per_unit: float = 1.0
    technology: int = 4
    resolution: int = 600
    mix: Mix = field(default_factory=Mix)


@dataclass(frozen=True, slots=True)
class Supply:
    """One row of prtMarkerSuppliesTable. A full one lasts for ``lasts`` impressions that it
    ``uses`` (total, mono or color). ``level`` is what the row always says (-2, -3) where the model
    does not measure; ``coarse`` means -3 until it is empty and 0 then.
    """

    type: int
    description: str
    lasts: int
    uses: str = "total"
    color: str | None = None
    index: int = 0
    unit: int = 19
    max: int = 100
    level: int | None = None
    coarse: bool = False
    receptacle: bool = False
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Tray:
    """One row of prtInputTable; ``level`` and ``coarse`` as in ``Supply``."""

    name: str
    max: int
    index: int = 0
    description: str = ""
    media: str = "iso-a4-white"
    type: int = 3
    level: int | None = None
    coarse: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class Interface:
    """One row of ifTable: loopback is type 24, Ethernet 6, WLAN 71."""

    name: str
    type: int = 6
    up: bool = True


@dataclass(frozen=True, slots=True)
class Private:
    """One private OID, relative to 1.3.6.1.4.1, with one of the ways to give its value.

    ``counter``, ``gauge`` and ``integer`` name numbers of the printer ("print_mono+copy_mono" is a
    sum) as Counter32, Gauge32 and INTEGER; ``number`` is a fixed INTEGER; ``text`` a text with
    names in braces; ``octets`` the same after a prefix in hexadecimal; ``records`` are Brother's
    (pairs of a code in hexadecimal and a name) of code, 01 04, 4 octets, closed by ff.
    """

    oid: str
    counter: str | None = None
    gauge: str | None = None
    integer: str | None = None
    number: int | None = None
    text: str | None = None
    prefix: str = ""
    records: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Spec:
    """One printer model. Texts may hold {serial}, {host}, {mac}, {firmware} and {model}.

    ``bulk`` false: GETBULK is dropped in silence, as some agents do.
    """

    maker: str
    model: str
    object_id: str
    descr: str
    device_descr: str
    oui: str
    serial: str
    firmware: str
    engine: Engine
    supplies: tuple[Supply, ...]
    trays: tuple[Tray, ...]
    name: str = ""
    device_id: str = "0.0"
    printer_name: str | None = None
    general_serial: bool = True
    host: str = "PRN{mac}"
    index: int = 1
    subdevices: tuple[str, ...] = ()
    memory: int = 1048576
    charset: int = 106
    error_octets: int = 1
    colorants: bool = True
    panel: str = "Ready"
    panel_lines: int = 1
    sleep_after: int = 900
    wake_seconds: float = 0.0
    bulk: bool = True
    interfaces: tuple[Interface, ...] = (Interface("lo", 24), Interface("eth0"))
    private: tuple[Private, ...] = ()


def read_spec(text: str, name: str) -> Spec:
    """Read one model; raises ``msgspec.ValidationError`` that names what is wrong."""
    data = tomllib.loads(text)
    for key in ("supplies", "trays"):
        for position, row in enumerate(data.get(key, []), start=1):
            row.setdefault("index", position)
    return msgspec.convert({**data, "name": name}, Spec)


def load_specs() -> dict[str, Spec]:
    """Read every model that comes with the simulation, by file name without its ending."""
    folder = files("sim").joinpath("models")
    found = sorted((entry for entry in folder.iterdir()), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".toml"): read_spec(
            entry.read_text(encoding="utf-8"), entry.name.removesuffix(".toml")
        )
        for entry in found
        if entry.name.endswith(".toml")
    }
