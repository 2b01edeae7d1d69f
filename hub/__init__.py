"""The dealer's reference server."""
