"""Fixtures of the IPP tests."""

from __future__ import annotations

from tests.support.ippeveprinter import ippeveprinter

__all__ = ["ippeveprinter"]
