"""The kinds of document that officers tell apart."""

KINDS = ("report", "evaluation", "brief", "guidance", "minutes", "event", "podcast", "page")
"""In the order in which they are offered."""
