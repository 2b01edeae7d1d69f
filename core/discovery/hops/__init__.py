"""How many routers lie on the way to a printer, and searching no further than a person allows."""
