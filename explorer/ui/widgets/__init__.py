"""Small widgets that know nothing of evidence."""
