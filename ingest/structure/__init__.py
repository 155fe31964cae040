"""Headings, sections, contents pages, references: what a block is in its document."""
