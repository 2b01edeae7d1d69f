"""What of the time a chart shows, and what becomes of it by zooming and moving. Without Qt."""

from __future__ import annotations

from dataclasses import dataclass

#: Nothing is shown larger than so many seconds a chart's width.
LEAST = 3600.0


@dataclass(frozen=True, slots=True)
class Span:
    """From ``since`` to ``until`` (Unix seconds)."""

    since: float
    until: float

    @property
    def length(self) -> float:
        """How long it is (seconds)."""
        return self.until - self.since

    def holds(self, at: float) -> bool:
        """Whether a time lies in it."""
        return self.since <= at <= self.until

    def within(self, bounds: Span) -> Span:
        """Move it into ``bounds``, and make it no longer than these."""
        length = min(self.length, bounds.length)
        since = min(max(self.since, bounds.since), bounds.until - length)
        return Span(since, since + length)

    def zoomed(self, factor: float, at: float, bounds: Span, least: float = LEAST) -> Span:
        """Show ``factor`` times as much; what is at ``at`` stays where it is."""
        length = min(max(self.length * factor, min(least, bounds.length)), bounds.length)
        share = 0.5 if self.length <= 0 else min(max((at - self.since) / self.length, 0.0), 1.0)
        since = at - share * length
        return Span(since, since + length).within(bounds)

    def moved(self, share: float, bounds: Span) -> Span:
        """Move by a share of its length: above 0 later, below 0 earlier."""
        by = share * self.length
        return Span(self.since + by, self.until + by).within(bounds)

    def showing(self, at: float, bounds: Span) -> Span:
        """Move it as little as is needed for ``at`` to be in it."""
        if self.holds(at):
            return self
        by = at - self.since if at < self.since else at - self.until
        return Span(self.since + by, self.until + by).within(bounds)


@dataclass(frozen=True, slots=True)
class Scale:
    """Times of a span as places between two pixels, left and right."""

    span: Span
    left: float
    right: float

    def x(self, at: float) -> float:
        """Give where a time is."""
        share = (at - self.span.since) / max(self.span.length, 1.0)
        return self.left + share * (self.right - self.left)

    def at(self, x: float) -> float:
        """Give the time at a place."""
        width = max(self.right - self.left, 1.0)
        return self.span.since + (x - self.left) / width * self.span.length
