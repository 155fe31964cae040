"""What is kept beside the documents: collections, suggestions, the catalogue."""
