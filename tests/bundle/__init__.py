"""Tests of the frozen program."""
