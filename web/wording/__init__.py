"""How quotes, languages and events are put into words."""
