"""Inclusive spans of whole numbers: the arithmetic behind sets of IPv4 addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
Spans: TypeAlias = tuple[Span, ...]  # sorted, apart from each other


def merge(spans: Iterable[Span]) -> Spans:
    """Sort, and join what overlaps or touches."""
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)


def subtract(spans: Spans, holes: Spans) -> Spans:
    """Give what of ``spans`` is in none of ``holes``."""
    left: list[Span] = []
    hole = 0
    for first, last in spans:
        at = first
        while hole < len(holes) and holes[hole][1] < at:
            hole += 1
        while hole < len(holes) and holes[hole][0] <= last:
            if holes[hole][0] > at:
                left.append((at, holes[hole][0] - 1))
            at = holes[hole][1] + 1
            if at > last:
                break  # the same hole may reach into the next span
            hole += 1
        if at <= last:
            left.append((at, last))
    return tuple(left)


def intersect(spans: Spans, others: Spans) -> Spans:
    """Give what is in both."""
    return subtract(spans, subtract(spans, others))


def count(spans: Sequence[Span]) -> int:
    """How many numbers the spans hold."""
    return sum(last - first + 1 for first, last in spans)
