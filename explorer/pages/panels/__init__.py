"""What stands beside a chart: the evidence card, statements, discrepancies, calculations, methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import discrepancies as discrepancies, statements as statements
    from .calculations import (
        CHANCE as CHANCE,
        POPULATION as POPULATION,
        LazyCalculations as LazyCalculations,
        cached_derived as cached_derived,
        cached_sentences as cached_sentences,
    )
    from .discrepancies import KINDS as KINDS, discrepancy_index as discrepancy_index
    from .figure_card import (
        OTHER_FIGURES as OTHER_FIGURES,
        build_card as build_card,
        conflict_remark as conflict_remark,
        figure_citation as figure_citation,
        figure_link as figure_link,
        note_remark as note_remark,
    )
    from .limits import cannot_tell as cannot_tell, choose_caution as choose_caution
    from .method import NAME as NAME, MethodTopic as MethodTopic, as_text as as_text, method_topics as method_topics
    from .provenance import kind_of as kind_of, newest_line as newest_line, source_attribution as source_attribution
    from .registry import PANEL_TYPES as PANEL_TYPES, PanelType as PanelType
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        calculations="CHANCE LazyCalculations POPULATION cached_derived cached_sentences",
        discrepancies="KINDS discrepancy_index",
        figure_card=("OTHER_FIGURES build_card conflict_remark figure_citation figure_link note_remark"),
        limits="cannot_tell choose_caution",
        method="MethodTopic NAME as_text method_topics",
        provenance="kind_of newest_line source_attribution",
        registry="PANEL_TYPES PanelType",
    )
