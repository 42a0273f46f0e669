"""Finding places, figures, statements and commands, and where a result leads."""
