"""What to ask an agent for, and in which portions.

A portion becomes one request where its rows fit: its columns are about equally long, and together
small enough that the answer stays under 1,400 octets (about 42 variables). The portions go side by
side; what depends on who the machine is (the profiles' places, its character sets) follows in one
GET, beside it the tables that its profiles name. So a common multifunction machine takes six
requests in two round trips.
"""

from __future__ import annotations

from asyncio import gather
from collections.abc import Sequence
from typing import Final

from core.snmp.errors import SnmpError
from core.snmp.together import together
from core.snmp.types import Oid, SnmpAgent, Value
from core.telemetry import oids, pwg
from core.telemetry.printers import mib_indexes, printer_rows
from core.telemetry.profile import Profile
from core.telemetry.profiles import identity_places, matching
from core.telemetry.snapshot import Snapshot
from core.telemetry.terms import number_places

Portion = tuple[tuple[Oid, ...], int]  # columns, and how many rows each is expected to have

# Scalars are asked for as columns of one row: they share a request with the tables, and an agent
# of version 1 does not refuse all of them for the lack of one.
_SYSTEM: Final = tuple(
    scalar[:-1] for scalar in (oids.SYS_DESCR, oids.SYS_OBJECT_ID, oids.SYS_NAME, oids.SYS_LOCATION)
)
_INTERFACES: Final = (oids.IF_TYPE, oids.IF_PHYS_ADDRESS, oids.IP_AD_ENT_IF_INDEX)

# Tables that profiles know are often absent, or have dozens of rows: a first look tells which.
_PROFILE_ROWS: Final = 6
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
            *_SYSTEM,
            oids.HR_PRINTER_STATUS,
            oids.HR_PRINTER_ERROR_STATE,
            oids.PRT_CURRENT_LOCALIZATION,
            oids.PRT_MARKER_DEFAULT,
            oids.PRT_CONSOLE_LOCALIZATION,
            oids.PRT_PRINTER_NAME,
            oids.PRT_SERIAL_NUMBER,
            oids.PRT_MARKER_TECH,
            oids.PRT_MARKER_UNIT,
            oids.PRT_MARKER_LIFE_COUNT,
            oids.PRT_CONSOLE_TEXT,
            *oids.DEVICE_ID_COLUMNS,
        ),
        1,
    ),
    ((oids.HR_DEVICE_TYPE, oids.HR_DEVICE_DESCR, oids.HR_DEVICE_STATUS, *_INTERFACES), 5),
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
        5,
    ),
    (
        (
            oids.PRT_ALERT_SEVERITY,
            oids.PRT_ALERT_GROUP,
            oids.PRT_ALERT_GROUP_INDEX,
            oids.PRT_ALERT_LOCATION,
            oids.PRT_ALERT_CODE,
            oids.PRT_ALERT_DESCRIPTION,
        ),
        3,
    ),
)


async def fetch_reading(
    agent: SnmpAgent, known: Sequence[Profile] | None = None
) -> tuple[Snapshot, tuple[Profile, ...]]:
    """Fetch all that a reading needs, and say which of the ``known`` profiles fit (by default:
    of those that come along); raises ``SnmpError``.
    """
    parts = await together([_columns(agent, portion) for portion in _READING])
    snapshot = Snapshot(_joined(parts))
    profiles = matching(snapshot, known)
    scalars, columns = number_places(profiles)
    more = (_character_sets(snapshot) + _hints(snapshot) + scalars, columns)
    snapshot = snapshot.with_values(await _follow_up(agent, snapshot, profiles, more))
    if snapshot.value(pwg.SERVICE_RECORDS) is not None:
        snapshot = snapshot.with_values(await agent.columns(pwg.COLUMNS, _SERVICES))
    return snapshot, profiles


async def fetch_signs(agent: SnmpAgent) -> Snapshot:
    """Fetch what tells a printer from other things; raises ``SnmpError``.

    An agent that answers the system group and then fails on tables is judged by the former.
    """
    first, *rest = await gather(
        *(_columns(agent, portion) for portion in _SIGNS), return_exceptions=True
    )
    if isinstance(first, BaseException):
        raise first
    return Snapshot(_joined([first, *_answered(rest)]))


async def fetch_identity(
    agent: SnmpAgent, snapshot: Snapshot
) -> tuple[Snapshot, tuple[Profile, ...]]:
    """Fetch the rest of the identity of a printer whose signs were seen."""
    profiles = matching(snapshot)
    parts = await gather(
        _columns(agent, (_INTERFACES, 4)),
        _follow_up(agent, snapshot, profiles, ([], [])),
        return_exceptions=True,
    )
    return snapshot.with_values(_joined(_answered(parts))), profiles


async def _columns(agent: SnmpAgent, portion: Portion) -> dict[Oid, Value]:
    columns, rows = portion
    return await agent.columns(columns, rows)


async def _follow_up(
    agent: SnmpAgent,
    snapshot: Snapshot,
    profiles: tuple[Profile, ...],
    more: tuple[list[Oid], list[Oid]],
) -> dict[Oid, Value]:
    scalars, columns = identity_places(profiles)
    wanted = [oid for oid in dict.fromkeys((*scalars, *more[0])) if snapshot.value(oid) is None]
    jobs = [agent.get(wanted)] if wanted else []
    if columns:
        jobs.append(agent.columns(columns, 1))
    if more[1]:
        jobs.append(agent.columns(more[1], _PROFILE_ROWS))
    return _joined(await together(jobs)) if jobs else {}


def _character_sets(snapshot: Snapshot) -> list[Oid]:
    found: dict[Oid, None] = {}
    for index in sorted(mib_indexes(snapshot)) or [printer_rows(snapshot)[0].index]:
        rows = {
            snapshot.number((*column, index)) or 1
            for column in (oids.PRT_CURRENT_LOCALIZATION, oids.PRT_CONSOLE_LOCALIZATION)
        }
        found.update({(*oids.PRT_CHARACTER_SET, index, row): None for row in sorted(rows)})
    return [oid for oid in found if all(part >= 0 for part in oid)]


def _hints(snapshot: Snapshot) -> list[Oid]:
    """Give what says, at the next visit, whether anything was changed since; and the scalar that
    tells of the Imaging System Counter MIB.
    """
    indexes = sorted(index for index in mib_indexes(snapshot) if index >= 0)
    moving = (oids.PRT_CONFIG_CHANGES, oids.PRT_CRITICAL_EVENTS, oids.PRT_ALL_EVENTS)
    rows = [(*column, index) for column in moving for index in indexes]
    return [oids.SYS_UP_TIME, pwg.SERVICE_RECORDS, *rows]


def _answered(parts: Sequence[dict[Oid, Value] | BaseException]) -> list[dict[Oid, Value]]:
    for part in parts:
        if isinstance(part, BaseException) and not isinstance(part, SnmpError):
            raise part
    return [part for part in parts if not isinstance(part, BaseException)]


def _joined(parts: Sequence[dict[Oid, Value]]) -> dict[Oid, Value]:
    return {oid: value for part in parts for oid, value in part.items()}
