"""All packs together in one database: opened, filled, searched, changed and undone."""
