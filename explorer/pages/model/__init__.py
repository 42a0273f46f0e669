"""What pages are made of: questions, charts and pages as plain values."""
