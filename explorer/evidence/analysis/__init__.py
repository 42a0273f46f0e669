"""What follows from figures: changes, rates, shares, coverage, chance, sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import summing as summing
    from .arithmetic import (
        DerivedCaveat as DerivedCaveat,
        DerivedFigure as DerivedFigure,
        DerivedKind as DerivedKind,
        DerivedUnit as DerivedUnit,
        average_quarter as average_quarter,
        percentage_change as percentage_change,
    )
    from .breakdowns import (
        BreakdownPart as BreakdownPart,
        contains as contains,
        parse_breakdown as parse_breakdown,
        select_disjoint as select_disjoint,
    )
    from .chance import (
        BYAR_FROM as BYAR_FROM,
        DECIMAL_BASE as DECIMAL_BASE,
        LEVEL as LEVEL,
        RELIABLE_RATE as RELIABLE_RATE,
        SMALLEST_BASE as SMALLEST_BASE,
        SMALLEST_RATE as SMALLEST_RATE,
        AmountMovement as AmountMovement,
        bears_percentage as bears_percentage,
        classify_movement as classify_movement,
        counts_p_value as counts_p_value,
        share_movement as share_movement,
    )
    from .changes import PUBLISHED_CHANGES as PUBLISHED_CHANGES, SINCE as SINCE, is_like_for_like as is_like_for_like
    from .coverage import (
        Memberships as Memberships,
        ScopeKind as ScopeKind,
        SeriesBreak as SeriesBreak,
        can_lead as can_lead,
        counts_whole_place as counts_whole_place,
        describe_force_difference as describe_force_difference,
        find_breaks as find_breaks,
        find_comparison_break as find_comparison_break,
        forces_counted as forces_counted,
        is_own_sum as is_own_sum,
        is_partial as is_partial,
        region_memberships as region_memberships,
        tree_forces as tree_forces,
    )
    from .derive import derive_all as derive_all
    from .force_coverage import ForceCoverage as ForceCoverage
    from .regions import (
        HEADS as HEADS,
        PER_CHILDREN as PER_CHILDREN,
        PER_PEOPLE as PER_PEOPLE,
        RateBase as RateBase,
        common_basis as common_basis,
        population_rate as population_rate,
        populations_of as populations_of,
    )
    from .summing import NOTHING as NOTHING, SumReading as SumReading, format_count as format_count
    from .time_series import (
        CommencementDate as CommencementDate,
        containing_places as containing_places,
        find_series as find_series,
        in_force_since as in_force_since,
        latest_quarter as latest_quarter,
        latest_run as latest_run,
        newest_figure as newest_figure,
        non_overlapping as non_overlapping,
        numeric_only as numeric_only,
        published_on as published_on,
        whole_years as whole_years,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        arithmetic=("DerivedCaveat DerivedFigure DerivedKind DerivedUnit average_quarter percentage_change"),
        breakdowns="BreakdownPart contains parse_breakdown select_disjoint",
        chance=(
            "AmountMovement BYAR_FROM DECIMAL_BASE LEVEL RELIABLE_RATE SMALLEST_BASE SMALLEST_RATE "
            "bears_percentage classify_movement counts_p_value share_movement"
        ),
        changes="PUBLISHED_CHANGES SINCE is_like_for_like",
        coverage=(
            "Memberships ScopeKind SeriesBreak can_lead counts_whole_place describe_force_difference "
            "find_breaks find_comparison_break forces_counted is_own_sum is_partial region_memberships "
            "tree_forces"
        ),
        derive="derive_all",
        force_coverage="ForceCoverage",
        regions=("HEADS PER_CHILDREN PER_PEOPLE RateBase common_basis population_rate populations_of"),
        summing="NOTHING SumReading format_count",
        time_series=(
            "CommencementDate containing_places find_series in_force_since latest_quarter latest_run "
            "newest_figure non_overlapping numeric_only published_on whole_years"
        ),
    )
