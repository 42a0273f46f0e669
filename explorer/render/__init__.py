"""Charts and documents drawn with Qt."""
