"""HTML, Markdown and JSON lines."""
