"""What differs by operating system, behind one interface (``core.host.backend``)."""
