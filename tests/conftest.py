"""Fixtures that any test may use."""

from __future__ import annotations

from tests.support.snmpd import snmpd

__all__ = ["snmpd"]
