"""The program walking through itself: the smoke test and the pictures of the README."""
