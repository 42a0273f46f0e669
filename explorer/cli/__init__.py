"""The command line: pages, packs, tables, briefings and quotes as text, CSV, JSON and files."""
