"""Support: the agent's log, and the bundle that a person sends to whoever helps."""
