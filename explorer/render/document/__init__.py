"""Blocks of a document on paper: lines, tables, figures, pages, as a tagged PDF."""
