"""A table file of any kind as sheets of raw rows, or an error that says what to do."""
