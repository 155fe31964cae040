"""The pages an officer sees, and the JSON API."""
