"""A library taken elsewhere: backup, restore, export, import."""
