"""The SQLite file: the truth."""
