"""The collected items of a briefing: what they are, what they showed, and how they are kept safe."""
