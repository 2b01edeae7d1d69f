"""Who is out there: targets, sweep, identification, classification."""
