"""Files handed in, drafts, the worker, and what is removed."""
