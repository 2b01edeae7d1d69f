"""When the agent does by itself what a person could ask it to do; by the wall clock."""
