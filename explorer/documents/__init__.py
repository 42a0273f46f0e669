"""A briefing as one sequence of blocks, from which every document and the presentation are made."""
