"""The window with very many figures more in the library: choosing a place, and starting."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from explorer.pages.model.question import set_measure

from . import choosing, starting

_SIZES = ((300_000, 115, 10.0), (2_000_000, 775, 14.0))
"""How many figures more, of how many classes, and how many times a bare chart's repaint a place's may take."""
_TURNS = 150


def measured() -> Iterator[str]:
    """Yields lines on choosing a place with many figures more, and one on starting."""
    for wanted, classes, limit in _SIZES:
        with tempfile.TemporaryDirectory() as own:
            held = _filled(Path(own), classes)
            said = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.large", own],
                capture_output=True,
                text=True,
                check=True,
            )
            late, chosen = map(float, said.stdout.split())
            yield (
                f"choosing a place with {held:,} figures more to chart painted: {late:.1f} x repainting a bare "
                f"pyqtgraph bar chart, 95th percentiles of both (at most {limit:g} x), {chosen:.1f} x with one of "
                "their measures chosen"
            )
            if wanted == _SIZES[0][0]:
                yield from _started(own, held)


def _filled(folder: Path, classes: int) -> int:
    """A library in ``folder`` with a table of 43 forces, 60 periods; gives how many figures."""
    import numpy as np

    from explorer.evidence import periods
    from explorer.evidence.model import Measure, PlaceLevel, Unit
    from explorer.importer.consolidation import ConsolidatedFigures
    from explorer.importer.draft import ImportDraft, Variable
    from explorer.importer.pack_builder import PackMetadata, save_pack
    from explorer.importer.recipe import Recipe
    from explorer.importer.session import ImportResult
    from explorer.library.library import open_library

    os.environ["HARMS_EXPLORER_DATA"] = str(folder)
    with closing(open_library()) as library:
        draft = ImportDraft("large.ods")
        forces = [place.code for place in library.places if place.level is PlaceLevel.FORCE][:43]
        for code in forces:
            draft.place_at(code)
        draft.sheet_at("all")
        for year in range(2013, 2025):
            named = f"{year}/{(year + 1) % 100:02d}"
            for text in (named, *(f"Q{quarter} {named}" for quarter in (1, 2, 3, 4))):
                draft.period_at(periods.parse_period(text))
        for number in range(classes):
            made = Measure(
                id=f"ho-{number}",
                name=f"Offence class {number}",
                unit=Unit.OFFENCES,
                definition="Made up.",
                group=f"Group {number % 12}",
                code=str(number),
            )
            draft.measures[made.id] = made
            draft.thing_at(Variable(made.id))
        shape = (len(forces), classes, len(draft.periods))
        place, thing, period = (axis.ravel().astype(np.int32) for axis in np.indices(shape))
        count = len(place)
        settled = ConsolidatedFigures(
            place=place,
            thing=thing,
            period=period,
            number=(place * 7 + thing * 3 + period) % 300 + 5,
            sheet=np.zeros(count, np.int32),
            row=np.arange(count, dtype=np.int32),
            row_count=np.ones(count, np.int64),
            odd={},
            extra={},
        )
        taken = ImportResult(Recipe(name="large", title="Large"), draft, settled, 0, 1, "0" * 64)
        save_pack(library, taken, PackMetadata(title="A large table", publisher="Nobody"))
    return count


def _started(own: str, held: int) -> Iterator[str]:
    """Starting with the large library, against the floor, as ``starting`` does it."""
    pairs = [(starting.run("ours.py", own), starting.run("floor.py", own)) for _ in range(6)][1:]
    ratio = statistics.median(ours[0] / floor[0] for ours, floor in pairs)
    yield f"start to first chart painted with {held:,} figures more: {ratio:.2f} x the floor (at most 1.3 x)"


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["HARMS_EXPLORER_DATA"] = sys.argv[1]
    usual, _ = choosing.driven(_TURNS)
    chosen, _ = choosing.driven(_TURNS, set_measure("ho-3"))
    sys.stdout.write(f"{usual.chart_ratio} {chosen.chart_ratio}\n")
