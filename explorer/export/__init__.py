"""A page, written to a file that somebody else opens."""
