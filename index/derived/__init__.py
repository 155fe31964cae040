"""The views: vectors, words and positions, made of the rows."""
