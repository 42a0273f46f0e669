"""Files to evidence: read, check and keep."""
