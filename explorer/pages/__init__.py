"""A question and the evidence, turned into everything on screen."""
