"""Any damage to any shipped file gives problems, or the very same pack - and never another exception."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from explorer.evidence.model import Pack
from explorer.evidence.places import PlaceTree
from explorer.packs.problems import PackError, Problem
from explorer.packs.reader import read_pack, read_places
from explorer.packs.seal import seal_pack
from explorer.support import paths
from tests.packs.first_pack import SHIPPED
from tests.run_sizes import scale_examples

FILES = sorted(path.name for path in SHIPPED.iterdir())
PLACE_FILES = sorted(path.name for path in paths.places_folder().iterdir())


def _read(path: Path, places: PlaceTree) -> Pack | None:
    """The pack, or None where it was refused with sentences. Any other exception is a failure."""
    try:
        return read_pack(path, places)
    except PackError as error:
        told = [problem.as_sentence() for problem in error.problems]
    assert told
    assert all(told)
    return None


@st.composite
def damage(draw: st.DrawFn, content: bytes) -> bytes:
    """``content`` with a byte changed, taken out or put in, or cut off."""
    at = draw(st.integers(0, len(content) - 1))
    how = draw(st.sampled_from(("change", "cut", "take", "put", "double")))
    byte = draw(st.binary(min_size=1, max_size=1))
    if how == "cut":
        return content[:at]
    if how == "double":
        return content[:at] + content[at:] * 2
    if how == "put":
        return content[:at] + byte + content[at:]
    return content[:at] + (byte if how == "change" else b"") + content[at + 1 :]


@contextmanager
def _spoiled(folder: Path, file: str, content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(shutil.copytree(folder, Path(temporary) / folder.name))
        (copy / file).write_bytes(content)
        yield copy


@settings(max_examples=scale_examples(300), deadline=None)
@given(data=st.data(), file=st.sampled_from(FILES))
def test_damage_to_a_sealed_pack(places: PlaceTree, lockdown: Pack, data: st.DataObject, file: str) -> None:
    content = data.draw(damage((SHIPPED / file).read_bytes()))
    with _spoiled(SHIPPED, file, content) as copy:
        assert _read(copy, places) in (None, lockdown)


@settings(max_examples=scale_examples(300), deadline=None)
@given(data=st.data(), file=st.sampled_from([file for file in FILES if file.endswith(".csv")]))
def test_damage_that_was_sealed_over(places: PlaceTree, data: st.DataObject, file: str) -> None:
    """With sums that hold, the tables themselves must stand the damage."""
    content = data.draw(damage((SHIPPED / file).read_bytes()))
    with _spoiled(SHIPPED, file, content) as copy:
        seal_pack(copy)
        pack = _read(copy, places)
        assert pack is None or pack.id == "lockdown-2020"


@settings(max_examples=scale_examples(100), deadline=None)
@given(data=st.data())
def test_damage_to_an_unsealed_descriptor(places: PlaceTree, data: st.DataObject) -> None:
    raw = json.loads((SHIPPED / "datapackage.json").read_bytes())
    del raw["seal"]
    content = data.draw(damage(json.dumps(raw).encode()))
    with _spoiled(SHIPPED, "datapackage.json", content) as copy:
        _read(copy, places)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=scale_examples(150), deadline=None)
@given(data=st.data(), value=JSON)
def test_any_value_in_any_field_of_the_descriptor(places: PlaceTree, data: st.DataObject, value: object) -> None:
    raw = json.loads((SHIPPED / "datapackage.json").read_bytes())
    del raw["seal"]
    field = data.draw(st.sampled_from(sorted(raw)))
    inner = data.draw(st.sampled_from(sorted(raw["resources"][0])))
    if field == "resources" and data.draw(st.booleans()):
        raw["resources"][0][inner] = value
    else:
        raw[field] = value
    with _spoiled(SHIPPED, "datapackage.json", json.dumps(raw).encode()) as copy:
        _read(copy, places)


@settings(max_examples=scale_examples(60), deadline=None)
@given(data=st.data(), file=st.sampled_from(PLACE_FILES), over=st.booleans())
def test_damage_to_the_places(places: PlaceTree, data: st.DataObject, file: str, over: bool) -> None:
    folder = paths.places_folder()
    content = data.draw(damage((folder / file).read_bytes()))
    with _spoiled(folder, file, content) as copy:
        if over and file.endswith(".csv"):
            seal_pack(copy)
        try:
            read = tuple(read_places(copy))
        except PackError as error:
            read = error.problems
        assert read
        assert over or read == tuple(places) or isinstance(read[0], Problem)


@settings(max_examples=scale_examples(150), deadline=None)
@given(data=st.data())
def test_damage_to_a_zip(
    places: PlaceTree, lockdown: Pack, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "whole.zip"
    if not path.exists():
        shutil.make_archive(str(path.with_suffix("")), "zip", SHIPPED)
    spoiled = path.with_name("spoiled.zip")
    spoiled.write_bytes(data.draw(damage(path.read_bytes())))
    assert _read(spoiled, places) in (None, lockdown)


@settings(max_examples=scale_examples(200), deadline=None)
@given(content=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_anything_at_all_as_a_table(places: PlaceTree, content: bytes) -> None:
    with _spoiled(SHIPPED, "regions.csv", content) as copy:
        seal_pack(copy)
        _read(copy, places)
