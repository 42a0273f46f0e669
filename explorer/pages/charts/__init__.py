"""The charts: how each kind is composed of figures, as data and without drawing."""
