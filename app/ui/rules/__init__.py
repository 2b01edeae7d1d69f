"""When to tell: the list of rules and the sheet of one."""
