"""The side panel: evidence, quotes, demands, claims, conflicts."""
