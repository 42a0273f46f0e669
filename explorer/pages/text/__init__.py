"""The phrases that a person reads, each in one place."""
