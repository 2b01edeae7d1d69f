"""Every widget in every state, for eyes and for tests."""
