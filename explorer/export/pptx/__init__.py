"""A briefing as a PowerPoint deck."""
