"""Everything the agent does. Plain asyncio, typed, without Qt."""
