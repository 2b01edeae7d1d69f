"""Rules: what a reading, a missed visit or a search makes known beside its values."""
