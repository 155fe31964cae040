"""PDFium and pypdf: words, rules and pictures of a page as they come."""
