"""The benchmarks run and print what they are for. A slow machine fails nothing here."""

import re

import pytest

from . import choosing, parts, starting


@pytest.mark.slow
@pytest.mark.benchmark
def test_a_start_is_measured_against_the_floor():
    lines = list(starting.measured(rounds=1))
    ratios = [float(re.search(r": ([\d.]+) x the floor", line)[1]) for line in lines]
    assert len(ratios) == 2
    assert all(ratio > 0 for ratio in ratios)


@pytest.mark.slow
@pytest.mark.benchmark
def test_each_part_is_measured_against_its_floor():
    lines = list(parts.measured(rounds=1))
    ratios = [float(re.search(r": ([\d.e+-]+) x .* \(at most [\d.]+ x; ", line)[1]) for line in lines]
    assert len(ratios) == 11
    assert all(ratio > 0 for ratio in ratios)


def test_the_95th_percentile_is_near_the_top():
    assert choosing.percentile([float(n) for n in range(1, 101)]) == pytest.approx(95.95)
