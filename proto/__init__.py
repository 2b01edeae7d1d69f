"""Wire contracts; generated modules are made at install."""
