"""The chart widget: axes, series, markers, read-out, its twin as a table, its pictures."""
