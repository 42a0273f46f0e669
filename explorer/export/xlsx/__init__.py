"""A briefing as an Excel workbook."""
