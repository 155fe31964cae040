"""An answer as JSON, CSV, TREC, citations, or on a terminal."""
