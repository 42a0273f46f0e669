"""A briefing on a second screen."""
