"""What to ask an agent for, and in which portions.

A portion becomes one request where its rows fit: its columns are about equally long, and together
small enough that the answer stays under 1,400 octets (about 42 variables). The portions go side by
side; what depends on who the machine is (the profiles' places, its character sets), and single
places whose row is known by then, follow in one GET, beside it the tables that its profiles name.
So a common multifunction machine takes six requests in two round trips. A variable past the end of
a table costs as much as one that is wanted: no portion goes far beyond what is usual.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.snmp.together import together
from core.snmp.types import Oid, SnmpAgent, Value
from core.telemetry import oids, pwg
from core.telemetry.got import AWAY, Got, Job
from core.telemetry.printers import mib_indexes, printer_rows
from core.telemetry.profile import Profile
from core.telemetry.profiles import identity_places, matching
from core.telemetry.snapshot import Snapshot
from core.telemetry.terms import number_places

Portion = tuple[tuple[Oid, ...], int]  # columns, and how many rows each is expected to have

# Scalars are asked for as columns of one row: they share a request with the tables, and an agent
# of version 1 does not refuse all of them for the lack of one.
_WHAT: Final = tuple(scalar[:-1] for scalar in (oids.SYS_DESCR, oids.SYS_OBJECT_ID))
_SYSTEM: Final = (*_WHAT, oids.SYS_NAME[:-1], oids.SYS_LOCATION[:-1])
_INTERFACES: Final = (oids.IF_TYPE, oids.IF_PHYS_ADDRESS, oids.IP_AD_ENT_IF_INDEX)

_DEVICE_CELLS: Final = (oids.HR_DEVICE_DESCR, oids.HR_DEVICE_STATUS)
_MARKER_CELLS: Final = (oids.PRT_MARKER_TECH, oids.PRT_MARKER_UNIT)
_ALERT_CELLS: Final = (
    oids.PRT_ALERT_GROUP,
    oids.PRT_ALERT_GROUP_INDEX,
    oids.PRT_ALERT_LOCATION,
    oids.PRT_ALERT_CODE,
    oids.PRT_ALERT_DESCRIPTION,
)

# Tables that profiles know are often absent, or have dozens of rows: a first look tells which.
_PROFILE_ROWS: Final = 3
_SERVICES: Final = 5

_SIGNS: Final[tuple[Portion, ...]] = (
    (
        (
            *_SYSTEM,
            oids.HR_PRINTER_STATUS,
            oids.HR_PRINTER_ERROR_STATE,
            oids.PRT_CURRENT_LOCALIZATION,
            oids.PRT_PRINTER_NAME,
            oids.PRT_SERIAL_NUMBER,
            oids.PRT_MARKER_LIFE_COUNT,
            *oids.DEVICE_ID_COLUMNS,
        ),
        1,
    ),
    ((oids.HR_DEVICE_TYPE, oids.HR_DEVICE_DESCR, oids.PRT_SUPPLY_MAX, oids.PRT_SUPPLY_LEVEL), 6),
)

_READING: Final[tuple[Portion, ...]] = (
    (
        (
            *_WHAT,
            oids.HR_PRINTER_STATUS,
            oids.HR_PRINTER_ERROR_STATE,
            oids.PRT_CURRENT_LOCALIZATION,
            oids.PRT_CONSOLE_LOCALIZATION,
            oids.PRT_PRINTER_NAME,
            oids.PRT_SERIAL_NUMBER,
            oids.PRT_MARKER_LIFE_COUNT,
            oids.PRT_CONSOLE_TEXT,
            oids.PRT_ALERT_SEVERITY,
            *oids.DEVICE_ID_COLUMNS,
        ),
        1,
    ),
    ((oids.HR_DEVICE_TYPE, *_INTERFACES), 5),
    (
        (
            oids.PRT_SUPPLY_COLORANT,
            oids.PRT_SUPPLY_CLASS,
            oids.PRT_SUPPLY_TYPE,
            oids.PRT_SUPPLY_DESCRIPTION,
            oids.PRT_SUPPLY_UNIT,
            oids.PRT_SUPPLY_MAX,
            oids.PRT_SUPPLY_LEVEL,
        ),
        5,
    ),
    (
        (
            oids.PRT_COLORANT_VALUE,
            oids.PRT_INPUT_CAPACITY,
            oids.PRT_INPUT_LEVEL,
            oids.PRT_INPUT_STATUS,
            oids.PRT_INPUT_MEDIA,
            oids.PRT_INPUT_NAME,
            oids.PRT_INPUT_DESCRIPTION,
        ),
        4,
    ),
)

# Where printers with one engine have these rows (hrDeviceIndex 1, marker 1).
_USUAL: Final = (
    oids.SYS_DESCR,
    oids.SYS_OBJECT_ID,
    oids.SYS_NAME,
    oids.SYS_LOCATION,
    *(
        (*column, 1)
        for column in (
            oids.HR_DEVICE_TYPE,
            oids.HR_DEVICE_DESCR,
            oids.HR_PRINTER_STATUS,
            oids.HR_PRINTER_ERROR_STATE,
            oids.PRT_CURRENT_LOCALIZATION,
            oids.PRT_CONSOLE_LOCALIZATION,
            oids.PRT_PRINTER_NAME,
            oids.PRT_SERIAL_NUMBER,
        )
    ),
    (*oids.PRT_MARKER_LIFE_COUNT, 1, 1),
)


async def fetch_reading(
    agent: SnmpAgent, known: Sequence[Profile] | None = None, got: Got | None = None
) -> tuple[Snapshot, tuple[Profile, ...]]:
    """Fetch all that a reading needs, and say which of the ``known`` profiles fit (by default:
    of those that come along).

    What the agent fails to answer is left out and kept in ``got.failures``; raises ``SnmpError``
    where it answers nothing at all, or falls silent.
    """
    got = got or Got()
    await got.take([_columns(agent, portion) for portion in _READING])
    await _by_name(agent, got)
    snapshot = Snapshot(got.values)
    profiles = matching(snapshot, known)
    scalars, columns = number_places(profiles)
    more = (_rest(snapshot) + _character_sets(snapshot) + scalars, columns)
    await got.take(_follow_up(agent, snapshot, profiles, more))
    if (records := got.values.get(pwg.SERVICE_RECORDS)) is not None and records.present:
        await got.take([agent.columns(pwg.COLUMNS, _SERVICES)])
    return Snapshot(got.values), profiles


async def fetch_signs(agent: SnmpAgent, got: Got | None = None) -> Snapshot:
    """Fetch what tells a printer from other things; raises ``SnmpError``.

    An agent that answers the system group and then fails on tables is judged by the former.
    """
    got = got or Got()
    first, *rest = (_columns(agent, portion) for portion in _SIGNS)
    await together([got.take([first]), got.take(rest, fatal=())])
    await _by_name(agent, got)
    return Snapshot(got.values)


async def fetch_identity(
    agent: SnmpAgent, snapshot: Snapshot, got: Got | None = None
) -> tuple[Snapshot, tuple[Profile, ...]]:
    """Fetch the rest of the identity of a printer whose signs were seen."""
    got = got or Got()
    profiles = matching(snapshot)
    jobs = _follow_up(agent, snapshot, profiles, ([], []))
    await got.take([_columns(agent, (_INTERFACES, 4)), *jobs], fatal=())
    return snapshot.with_values(got.values), profiles


async def _by_name(agent: SnmpAgent, got: Got) -> None:
    """Ask by name, where lists failed, for what a printer with one engine has at known places."""
    if all(isinstance(failure, AWAY) for failure in got.failures):
        return
    places = [place for place in _USUAL if place not in got.values]
    await got.take([agent.get(places)] if places else [], fatal=())
    if not got.values:
        raise got.failures[0]


async def _columns(agent: SnmpAgent, portion: Portion) -> dict[Oid, Value]:
    columns, rows = portion
    return await agent.columns(columns, rows)


def _follow_up(
    agent: SnmpAgent,
    snapshot: Snapshot,
    profiles: tuple[Profile, ...],
    more: tuple[list[Oid], list[Oid]],
) -> list[Job]:
    scalars, columns = identity_places(profiles)
    wanted = [oid for oid in dict.fromkeys((*scalars, *more[0])) if snapshot.value(oid) is None]
    jobs: list[Job] = [agent.get(wanted)] if wanted else []
    tables = list(dict.fromkeys((*more[1], *columns)))
    if tables:
        jobs.append(agent.columns(tables, _PROFILE_ROWS if more[1] else 1))
    return jobs


def _character_sets(snapshot: Snapshot) -> list[Oid]:
    found: dict[Oid, None] = {}
    for index in sorted(mib_indexes(snapshot)) or [printer_rows(snapshot)[0].index]:
        rows = {
            snapshot.number((*column, index)) or 1
            for column in (oids.PRT_CURRENT_LOCALIZATION, oids.PRT_CONSOLE_LOCALIZATION)
        }
        found.update({(*oids.PRT_CHARACTER_SET, index, row): None for row in sorted(rows)})
    return [oid for oid in found if all(part >= 0 for part in oid)]


def _rest(snapshot: Snapshot) -> list[Oid]:
    """Give the single places that are known to be worth asking once tables were seen.

    Among them what says, at the next visit, whether anything was changed since, and the scalar
    that tells of the Imaging System Counter MIB.
    """
    indexes = sorted(index for index in mib_indexes(snapshot) if index >= 0)
    places = [oids.SYS_NAME, oids.SYS_LOCATION, oids.SYS_UP_TIME, pwg.SERVICE_RECORDS]
    moving = (oids.PRT_CONFIG_CHANGES, oids.PRT_CRITICAL_EVENTS, oids.PRT_ALL_EVENTS)
    places += [(*column, index) for column in moving for index in indexes]
    places += [(*column, *row) for row in _hosts(snapshot) for column in _DEVICE_CELLS]
    markers = snapshot.column(oids.PRT_MARKER_LIFE_COUNT)
    places += [(*column, *row) for row in markers for column in _MARKER_CELLS]
    if not markers:  # what it marks with is told by an engine that does not count, too
        places += [(*oids.PRT_MARKER_TECH, index, 1) for index in indexes]
    if len(markers) > 1:  # which of several engines counts is the only question it answers
        places += [(*oids.PRT_MARKER_DEFAULT, index) for index in indexes]
    alerts = snapshot.column(oids.PRT_ALERT_SEVERITY)
    return places + [(*column, *row) for row in alerts for column in _ALERT_CELLS]


def _hosts(snapshot: Snapshot) -> list[Oid]:
    """Give the rows of hrDeviceTable that are the printers, or might be."""
    printers = printer_rows(snapshot)
    if any(rows.known for rows in printers):
        return [(rows.host,) for rows in printers if rows.host >= 0]
    return list(snapshot.column(oids.HR_DEVICE_TYPE))
