"""The kinds of document an officer tells apart."""

KINDS = ("report", "evaluation", "brief", "guidance", "minutes", "event", "podcast", "page")
"""In the order in which they are offered."""
