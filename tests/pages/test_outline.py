"""The tree of places and the names that lead into it."""

from explorer.evidence.model import Level
from explorer.pages.outline import find, opening, outline


def test_every_place_stands_once_under_its_parent(library):
    rows = outline(library)
    assert len(rows) == len(list(library.places))
    depth = {row.code: row.depth for row in rows}
    assert all(row.depth == depth[row.parent] + 1 for row in rows if row.parent)
    assert rows[0].name == "United Kingdom"


def test_forty_five_force_areas_are_there_with_or_without_figures(library):
    forces = [row for row in outline(library) if row.level is Level.FORCE]
    assert len(forces) == 45
    assert {row.name: row.figures for row in forces if row.figures} == {"Cambridgeshire": 4}
    assert all("no figures" in row.detail for row in forces if not row.figures)


def test_peterborough_leads_to_cambridgeshire_and_says_why(library):
    first = find(library, "peterborough")[0]
    assert first.name == "Peterborough"
    assert "Cambridgeshire police force area" in first.why


def test_a_former_council_still_leads_somewhere(library):
    assert any("East Suffolk" in f.name or "Suffolk" in f.why for f in find(library, "waveney"))


def test_nonsense_leads_nowhere(library):
    assert find(library, "qzxv") == ()


def test_the_first_look_is_a_force_with_a_trend(library):
    assert library.places.get(opening(library).place).name == "Cambridgeshire"
