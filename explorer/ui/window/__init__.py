"""The main window: its bars, its sidebar, its search, and what its commands do."""
