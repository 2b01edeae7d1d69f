"""The local page: the agent's face in a browser, for this computer alone."""
