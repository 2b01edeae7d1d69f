"""What differs by operating system, behind one interface."""
