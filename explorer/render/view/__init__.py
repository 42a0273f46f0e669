"""The chart that is looked at, pointed at and walked through."""
