"""How much one call of the API may ask for, and how large it may be."""

MOST_RESULTS = 100
"""Results of one question through the API."""

MOST_POSTED = 100
"""Questions, or texts, of one call."""

LONGEST_TEXT = 20_000
"""Characters of a text to be tagged: ten pages; a passage has about a thousand."""

LARGEST_BODY = 1 << 20
"""Bytes of a body."""
