"""Finds the device of a sighting and writes it down, inside one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from core.host.clock import parse_rfc3339
from core.model.identity import Endpoint, Identity
from core.store import evidence, occurrences
from core.store.compare import Sighting, binding, nameless
from core.store.devices import identity_of
from core.store.history import adopt
from core.store.resolve import Candidate, resolve

_INSERT = """
    INSERT INTO device (
        key, vendor, model, serial, mac, uuid, hostname, name, location, firmware, address, port,
        device_index, segment, version, community_index, provisional, first_seen, last_seen, hops
    ) VALUES (
        :key, :vendor, :model, :serial, :mac, :uuid, :hostname, :name, :location, :firmware,
        :address, :port, :device_index, :segment, :version, :community_index, :provisional,
        :last_seen, :last_seen, :hops
    )
"""
_UPDATE = """
    UPDATE device SET
        vendor = :vendor, model = :model, serial = :serial, mac = :mac, uuid = :uuid,
        hostname = :hostname, name = :name, location = :location, firmware = :firmware,
        address = :address, port = :port, device_index = :device_index,
        segment = coalesce(:segment, segment), version = coalesce(:version, version),
        community_index = coalesce(:community_index, community_index),
        provisional = :provisional, last_seen = :last_seen,
        hops = CASE WHEN :hops IS NULL AND address = :address THEN hops ELSE :hops END
    WHERE id = :row
"""
# What a record leaves to the device that it turned out to be, before it ends.
_ABSORB = """
    UPDATE reading SET device = :row WHERE device = :old;
    INSERT INTO latest (device, taken_at, body)
        SELECT :row, taken_at, body FROM latest WHERE device = :old
        ON CONFLICT (device) DO UPDATE SET taken_at = excluded.taken_at, body = excluded.body
        WHERE excluded.taken_at > latest.taken_at;
    INSERT OR IGNORE INTO problem (device, at, body)
        SELECT :row, at, body FROM problem WHERE device = :old AND NOT EXISTS
        (SELECT 1 FROM latest WHERE latest.device = :row AND latest.taken_at >= problem.at);
    UPDATE device SET first_seen =
        min(first_seen, (SELECT first_seen FROM device WHERE id = :old)) WHERE id = :row;
    UPDATE former_key SET device = :row WHERE device = :old;
    INSERT INTO former_key (key, device) SELECT key, :row FROM device WHERE id = :old;
    DELETE FROM device WHERE id = :old;
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """A sighting with what else is noted of it; ``None`` leaves what is known.

    The distance is that of the address: it is not known at another one.
    """

    identity: Identity
    endpoint: Endpoint
    device_index: int | None
    at: str
    segment: str | None = None
    version: str | None = None
    community_index: int | None = None
    hops: int | None = None


def identify(
    connection: sqlite3.Connection, visit: Visit, make_key: Callable[[], str]
) -> tuple[int, str]:
    """Find or make the device that was visited and bring its record up to date.

    Gives its row number and "found", "seen" or "moved".
    """
    sighting = _sighting(visit.identity, visit.endpoint, visit.device_index, visit.at)
    decision = resolve(sighting, _candidates(connection, sighting))
    identity = replace(decision.identity, mac=decision.identity.mac or visit.identity.mac)
    known = replace(visit, identity=identity)
    if decision.device is None:
        row, what = _insert(connection, known, make_key()), "found"
    else:
        row, what = decision.device, "moved" if decision.moved else "seen"
        known, what = _by_cable(known, _last(connection, row), what)
        for record in decision.absorbed:
            _absorb(connection, record, row)
        _update(connection, row, known)
    _point_here(
        connection, row, _sighting(known.identity, known.endpoint, known.device_index, known.at)
    )
    return row, what


def _by_cable(visit: Visit, last: Sighting, what: str) -> tuple[Visit, str]:
    """Keep a printer on the network and on a cable in one place: it has two, and has not moved.

    That place is the one on the network, where it tells more. A cable's endpoint has port 0.
    """
    cable, cable_before = visit.endpoint.port == 0, last.endpoint.port == 0
    if cable == cable_before:
        return visit, what
    if cable:
        visit = replace(visit, endpoint=last.endpoint, device_index=last.device_index)
    return visit, "seen"


def _sighting(
    identity: Identity, endpoint: Endpoint, device_index: int | None, at: str
) -> Sighting:
    return Sighting(binding(identity), endpoint, device_index, parse_rfc3339(at).timestamp())


def _names(sighting: Sighting) -> dict[str, str]:
    """Give the identifiers of a sighting by kind, in the form they are looked up by."""
    identity = sighting.identity
    row = "" if sighting.device_index is None else f"#{sighting.device_index}"
    names = {
        "serial": identity.serial,
        "mac": identity.mac,
        "uuid": identity.uuid,
        "endpoint": f"{sighting.endpoint}{row}",
    }
    return {kind: value.casefold() for kind, value in names.items() if value}


def _candidates(connection: sqlite3.Connection, sighting: Sighting) -> list[Candidate]:
    holders: dict[int, bool] = {}
    for kind, value in _names(sighting).items():
        for (row,) in connection.execute(
            "SELECT device FROM identifier WHERE kind = ? AND value = ?", (kind, value)
        ):
            holders[row] = holders.get(row, False) or kind == "endpoint"
    return [
        Candidate(row, _last(connection, row), holds_place) for row, holds_place in holders.items()
    ]


def _last(connection: sqlite3.Connection, row: int) -> Sighting:
    found = connection.execute("SELECT * FROM device WHERE id = ?", (row,)).fetchone()
    endpoint = Endpoint(found["address"], found["port"])
    return _sighting(identity_of(found), endpoint, found["device_index"], found["last_seen"])


def _insert(connection: sqlite3.Connection, visit: Visit, key: str) -> int:
    cursor = connection.execute(_INSERT, {"key": key, **_columns(visit)})
    if cursor.lastrowid is None:
        raise sqlite3.InternalError("the new device got no row number")
    return cursor.lastrowid


def _update(connection: sqlite3.Connection, row: int, visit: Visit) -> None:
    connection.execute(_UPDATE, {"row": row, **_columns(visit)})


def _columns(visit: Visit) -> dict[str, str | int | None]:
    return {
        **asdict(visit.identity),
        "address": visit.endpoint.address,
        "port": visit.endpoint.port,
        "device_index": visit.device_index,
        "segment": visit.segment,
        "version": visit.version,
        "community_index": visit.community_index,
        "provisional": int(nameless(binding(visit.identity))),
        "last_seen": visit.at,
        "hops": visit.hops,
    }


def _point_here(connection: sqlite3.Connection, row: int, sighting: Sighting) -> None:
    """Make the device's identifiers lead to it, and take its place from who was there before."""
    names = _names(sighting)
    connection.execute("DELETE FROM identifier WHERE device = ?", (row,))
    connection.execute(
        "DELETE FROM identifier WHERE kind = 'endpoint' AND value = ?", (names["endpoint"],)
    )
    connection.executemany(
        "INSERT INTO identifier (kind, value, device) VALUES (?, ?, ?)",
        [(kind, value, row) for kind, value in names.items()],
    )


def _absorb(connection: sqlite3.Connection, old: int, row: int) -> None:
    """Move the history of a record to the device that it turned out to be, and end the record.

    What waits in the outbox stays as it is: it says what was known when it was queued.
    """
    evidence.move(connection, old, row)
    occurrences.absorb(connection, old, row)
    adopt.move(connection, old, row)
    for statement in filter(str.strip, _ABSORB.split(";")):
        connection.execute(statement, {"old": old, "row": row})
