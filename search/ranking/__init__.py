"""Candidates compared, the quote chosen, the answer judged."""
