"""How values changed: kept small, thinned by age, and never mixed with what is in doubt."""
