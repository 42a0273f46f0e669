"""Which figures bear on a question: scope, measures, periods, scales."""
