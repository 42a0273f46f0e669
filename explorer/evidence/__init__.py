"""What is known: figures, places, periods, amounts, and the protocol of what holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import formatting as formatting, periods as periods
    from .amounts import (
        WITHOUT_NUMBER as WITHOUT_NUMBER,
        amount_bounds as amount_bounds,
        are_compatible as are_compatible,
        compute_bounds as compute_bounds,
        is_exact as is_exact,
    )
    from .conflicts import (
        ConflictingFigures as ConflictingFigures,
        Preference as Preference,
        Subject as Subject,
        find_conflicts as find_conflicts,
        pick_preferred as pick_preferred,
        primary_sources as primary_sources,
        subject_key as subject_key,
    )
    from .formatting import (
        STATUS_WORDS as STATUS_WORDS,
        capitalise as capitalise,
        first_day as first_day,
        format_date as format_date,
        format_number as format_number,
        place_in_sentence as place_in_sentence,
        pluralise as pluralise,
        pluralise_in_words as pluralise_in_words,
        spell_small_number as spell_small_number,
        to_sentence as to_sentence,
    )
    from .model import (
        Amount as Amount,
        Claim as Claim,
        Demand as Demand,
        Event as Event,
        EvidenceNote as EvidenceNote,
        Figure as Figure,
        FigureStatus as FigureStatus,
        InDoubt as InDoubt,
        Measure as Measure,
        MeasureBreak as MeasureBreak,
        NoteKind as NoteKind,
        OtherName as OtherName,
        Pack as Pack,
        Period as Period,
        PeriodKind as PeriodKind,
        Place as Place,
        PlaceLevel as PlaceLevel,
        Platform as Platform,
        Qualifier as Qualifier,
        Quote as Quote,
        RegionMembership as RegionMembership,
        Source as Source,
        SourceKind as SourceKind,
        Unit as Unit,
        Verdict as Verdict,
        VoiceKind as VoiceKind,
    )
    from .periods import (
        count_months as count_months,
        is_overlapping as is_overlapping,
        order_key as order_key,
        parse_period as parse_period,
        year_span as year_span,
    )
    from .places import NameMatch as NameMatch, PlaceTree as PlaceTree, index_keys as index_keys, normalise as normalise
    from .repository import (
        FigureCriteria as FigureCriteria,
        Repository as Repository,
        RepositoryView as RepositoryView,
        figure_order as figure_order,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        amounts="WITHOUT_NUMBER amount_bounds are_compatible compute_bounds is_exact",
        conflicts=("ConflictingFigures Preference Subject find_conflicts pick_preferred primary_sources subject_key"),
        formatting=(
            "STATUS_WORDS capitalise first_day format_date format_number place_in_sentence pluralise "
            "pluralise_in_words spell_small_number to_sentence"
        ),
        model=(
            "Amount Claim Demand Event EvidenceNote Figure FigureStatus InDoubt Measure MeasureBreak "
            "NoteKind OtherName Pack Period PeriodKind Place PlaceLevel Platform Qualifier Quote "
            "RegionMembership Source SourceKind Unit Verdict VoiceKind"
        ),
        periods="count_months is_overlapping order_key parse_period year_span",
        places="NameMatch PlaceTree index_keys normalise",
        repository="FigureCriteria Repository RepositoryView figure_order",
    )
