"""Settings: an editor for each kind of value, networks, credentials."""
