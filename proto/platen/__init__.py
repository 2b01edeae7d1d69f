"""Wire contracts."""
