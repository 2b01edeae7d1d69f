"""Keys, requests, certificates and one-time codes; agent and hub use the same."""
