"""Judgements, measures and their intervals."""
