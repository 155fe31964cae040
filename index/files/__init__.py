"""Names, bytes, folders and programs of the file system."""
