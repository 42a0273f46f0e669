"""Where published numbers and words do not agree with one another."""
