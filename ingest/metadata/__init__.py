"""Title, authors, publisher, year, kind: what a document says of itself."""
