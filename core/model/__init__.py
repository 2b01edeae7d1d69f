"""The words of Platen as frozen dataclasses, with JSON in and out (``core.model.jsonio``)."""
