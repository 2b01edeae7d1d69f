"""Theme, widgets, item models and drawing shared by the views.

Where to look for what: ``docs/design-system.md``.
"""
