"""The tray's icon, menu and words."""
