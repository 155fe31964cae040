"""Texts into vectors: the encoder, converted for the machine."""
