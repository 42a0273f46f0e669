"""What the parts of a window share: commands, the page, settings, the context, the desktop."""
