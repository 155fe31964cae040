"""Letters, stems, and words of seven languages in English."""
