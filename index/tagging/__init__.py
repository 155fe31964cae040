"""The tagger at work."""
