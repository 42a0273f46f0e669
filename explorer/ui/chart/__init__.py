"""The pane of the chart: its toolbar, its measures, its table, its pictures."""
