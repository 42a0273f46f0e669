"""Tests of what is known and of the reasoning about it."""
