"""What stands beside a chart: the evidence card, statements, discrepancies, calculations, methods."""
