"""What a printer says by IPP, made a reading: pure functions, and one that asks."""
