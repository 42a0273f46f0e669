"""The drawer of the briefing and everything that is done with a briefing."""
