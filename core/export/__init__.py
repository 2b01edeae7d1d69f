"""Lists and histories as files: CSV, XLSX, JSON lines."""
