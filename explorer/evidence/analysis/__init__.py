"""What follows from figures: changes, rates, shares, coverage, chance, sums."""
