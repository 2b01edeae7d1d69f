"""What a history of readings comes to: volumes, supply curves, forecasts. Pure functions."""
