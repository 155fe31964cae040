"""Who may do what, and what is refused before it is read."""
