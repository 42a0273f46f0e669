"""Checks of what was said in public against the figures."""
