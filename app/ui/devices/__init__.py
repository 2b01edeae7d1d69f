"""The table of devices, its columns and filter, and the details of one beside it."""
