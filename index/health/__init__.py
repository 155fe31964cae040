"""What can be wrong with a library: the doctor."""
