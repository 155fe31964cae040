"""A question becomes ranked passages. Reads the library, never writes it."""
