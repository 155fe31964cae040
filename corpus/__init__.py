"""What Waymark knows before anyone adds to it: taxonomy, labelled passages, starter documents."""
