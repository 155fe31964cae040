"""Boxes, charts and key figures: what is drawn round words."""
