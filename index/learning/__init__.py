"""The tagger learned, measured and corrected."""
