"""The tile map: one cell for each force area, read with the places, and refused where two share one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from explorer.evidence.model import PlaceLevel
from explorer.evidence.places import PlaceTree
from explorer.packs.problems import PackError
from explorer.packs.reader import read_places
from explorer.packs.seal import seal_pack
from explorer.support import paths

WRONG = {
    "two in one cell": ("E23000008,4,2,", "E23000008,4,1,", "stands in the cell of 'E23000007'"),
    "no place": ("E23000007,", "E2300000X,", "'E2300000X' is no place"),
    "one twice": ("E23000008,4,2,", "E23000007,4,2,", "is in row 2 already"),
    "no number": ("E23000008,4,2,", "E23000008,four,2,", "'four' is not a whole number"),
    "no letters": ("E23000008,4,2,Dur", "E23000008,4,2,", "blank"),
}


def changed(folder: Path, old: str, new: str) -> Path:
    """A copy of the shipped places in ``folder`` with one change to the tiles, sealed again."""
    copy = folder / "places"
    shutil.copytree(paths.places_folder(), copy)
    tiles = copy / "tiles.csv"
    text = tiles.read_text(encoding="utf-8")
    assert text.count(old) == 1
    tiles.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    seal_pack(copy)
    return copy


def test_every_force_area_has_a_cell_of_its_own(places: PlaceTree) -> None:
    forces = [place for place in places if place.level is PlaceLevel.FORCE]
    assert len(forces) == 45
    assert all(place.tile for place in forces)
    assert len({place.tile for place in forces}) == 45
    assert {place.code for place in places if place.tile or place.short} == {place.code for place in forces}


def test_the_letters_of_a_tile_are_its_own_and_fit(places: PlaceTree) -> None:
    letters = [place.short for place in places if place.tile]
    assert len({text.casefold() for text in letters}) == 45
    assert all(text.isalpha() and 3 <= len(text) <= 4 for text in letters)


@pytest.mark.parametrize(
    ("code", "tile", "short"),
    [("E23000023", (6, 5), "Cam"), ("PSNI", (0, 2), "PSNI"), ("S23000009", (3, 0), "Scot")],
)
def test_a_place_stands_where_the_layout_puts_it(
    places: PlaceTree, code: str, tile: tuple[int, int], short: str
) -> None:
    place = places.get(code)
    assert (place.tile, place.short) == (tile, short)


def test_the_layout_keeps_neighbours_in_order(places: PlaceTree) -> None:
    """North above south, west left of east: what makes the map one that a person can find a place on."""
    cell = {place.name: place.tile for place in places if place.tile}
    for north, south in (("Northumbria", "Durham"), ("Cumbria", "Lancashire"), ("Norfolk", "Suffolk")):
        assert (cell[north] or (0, 0))[1] < (cell[south] or (0, 0))[1]
    for west, east in (("Merseyside", "Humberside"), ("Dyfed-Powys", "Suffolk"), ("Dorset", "Kent")):
        assert (cell[west] or (0, 0))[0] < (cell[east] or (0, 0))[0]


@pytest.mark.parametrize(("old", "new", "told"), WRONG.values(), ids=WRONG)
def test_a_layout_that_cannot_be_drawn_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(PackError) as caught:
        read_places(changed(tmp_path, old, new))
    assert any(told in problem.as_sentence() for problem in caught.value.problems)


def test_places_without_a_layout_are_read_all_the_same(tmp_path: Path) -> None:
    copy = tmp_path / "places"
    shutil.copytree(paths.places_folder(), copy)
    (copy / "tiles.csv").unlink()
    seal_pack(copy)
    assert not any(place.tile or place.short for place in read_places(copy))
