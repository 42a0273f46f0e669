"""What is known: types and pure reasoning, no I/O."""
