"""Theme, widgets, item models and drawing shared by the views."""
