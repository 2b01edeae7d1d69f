"""What was told: the list of alerts and the pane of one."""
