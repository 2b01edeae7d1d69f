"""The rules that a person made or changed, in the database."""

from __future__ import annotations

import sqlite3

from core.model.jsonio import from_json, to_json
from core.model.rule import Rule


def load(connection: sqlite3.Connection) -> tuple[Rule, ...]:
    """Give the rules by id."""
    rows = connection.execute("SELECT body FROM rule ORDER BY id").fetchall()
    return tuple(from_json(row["body"], Rule) for row in rows)


def save(connection: sqlite3.Connection, rule: Rule) -> None:
    """Keep a rule in place of the one with its id."""
    connection.execute(
        "INSERT OR REPLACE INTO rule (id, body) VALUES (?, ?)", (rule.id, to_json(rule))
    )


def delete(connection: sqlite3.Connection, rule: str) -> bool:
    """Forget a rule; says whether there was one."""
    return connection.execute("DELETE FROM rule WHERE id = ?", (rule,)).rowcount > 0


def skip(connection: sqlite3.Connection, row: int, rule: str) -> None:
    """Pass the next time over that this rule fires for a device."""
    connection.execute("INSERT OR IGNORE INTO skip_next (device, rule) VALUES (?, ?)", (row, rule))


def skipped(connection: sqlite3.Connection, row: int) -> frozenset[str]:
    """Give the rules whose next firing for a device is to be passed over."""
    found = connection.execute("SELECT rule FROM skip_next WHERE device = ?", (row,))
    return frozenset(str(rule) for (rule,) in found)


def use_skip(connection: sqlite3.Connection, row: int, rule: str) -> None:
    """Note that it was passed over."""
    connection.execute("DELETE FROM skip_next WHERE device = ? AND rule = ?", (row, rule))


def absorb(connection: sqlite3.Connection, old: int, row: int) -> None:
    """Give a device what is to be passed over for a record that turned out to be it."""
    connection.execute("UPDATE OR IGNORE skip_next SET device = ? WHERE device = ?", (row, old))
