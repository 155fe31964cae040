"""Passages become rows, vectors, words and tags. The only writer of the library."""
