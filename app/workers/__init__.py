"""The bridge between the agent and Qt; one worker a capability."""
