"""A frame, painted."""
