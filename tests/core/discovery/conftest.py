"""Fixtures of the discovery tests."""

from __future__ import annotations

from tests.support.private_network import network

__all__ = ["network"]
