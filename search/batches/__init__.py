"""Many questions from a file, and the file of their answers."""
