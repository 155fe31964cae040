"""What the pages show beside an answer: filters, grid, reasons, news."""
