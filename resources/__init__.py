"""Data files: profiles, vendor names, icons."""
