"""Finding places, figures, statements and commands, and where a result leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import lookup as lookup
    from .lookup import (
        MANY as MANY,
        build_outline as build_outline,
        find_places as find_places,
        select_opening_question as select_opening_question,
    )
    from .measure_names import measure_named as measure_named
    from .navigation import (
        command_of as command_of,
        navigation_target as navigation_target,
        panel_of as panel_of,
    )
    from .search import (
        HEADINGS as HEADINGS,
        HELP as HELP,
        ResultKind as ResultKind,
        SearchResult as SearchResult,
        results_for_source as results_for_source,
        search_library as search_library,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        lookup="MANY build_outline find_places select_opening_question",
        measure_names="measure_named",
        navigation="command_of navigation_target panel_of",
        search="HEADINGS HELP ResultKind SearchResult results_for_source search_library",
    )
