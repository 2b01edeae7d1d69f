"""The faces that need Qt or a terminal: window, command line."""
