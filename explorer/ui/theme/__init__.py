"""Colours and type of the whole program."""
