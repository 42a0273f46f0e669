"""The wizard that imports a table."""
