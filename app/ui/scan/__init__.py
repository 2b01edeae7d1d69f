"""Searching the network: what to search, how far it is, what came of it."""
