"""Lines into paragraphs: columns, running heads, notes, words cut at a line end."""
