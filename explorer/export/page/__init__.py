"""A page as JSON, text, HTML, CSV and XLSX, and the registry of these formats."""
