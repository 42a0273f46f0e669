"""Speed, measured as ratios against a floor in the same run: `uv run python -m tests.benchmarks`."""
