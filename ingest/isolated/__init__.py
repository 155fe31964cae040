"""What runs in a child process without a network, and its parent side."""
