"""What a printer says about itself, turned into a reading with provenance."""
