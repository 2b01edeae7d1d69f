"""One module a panel of the window."""
