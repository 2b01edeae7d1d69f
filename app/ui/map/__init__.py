"""The map: printers around this computer, a ring a hop, drawn from pictures."""
