"""What every package may use: paths, safe text, themes, remembered values."""
