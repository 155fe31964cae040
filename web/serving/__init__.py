"""The log, health and packing of every answer."""
