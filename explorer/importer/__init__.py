"""A person's table: how it is read, what its columns mean, and the pack that is made of it."""
