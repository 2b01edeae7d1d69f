"""The local channel between the agent and its faces."""
