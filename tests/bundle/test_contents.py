"""What is inside the frozen program: all it needs, little that it does not, and no way to a network."""

from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from .conftest import ROOT, Frozen

pytestmark = pytest.mark.bundle

MOST_MEGABYTES = 230
FORBIDDEN_FILES = re.compile(
    r"Qt6?(Network|Qml|Quick|Test|Pdf|WebEngine)|tkinter|libtcl|libtk|libgtk|libreadline|opengl32sw|"
    r"plugins/(tls|networkinformation|generic|sqldrivers)|\.pyi$|pyarrow|matplotlib",
    re.IGNORECASE,
)
FORBIDDEN_MODULES = re.compile(
    r"PySide6\.(QtNetwork|QtDBus|QtTest|QtQml|QtQuick)|tkinter|_tkinter|ssl|ftplib|smtplib|xmlrpc|PyQt[56]|"
    r"pyqtgraph\.(opengl|flowchart|console|examples)|pytest|hypothesis|matplotlib|pyarrow|readline|setuptools|pip|"
    r"PIL\.(_avif|_webp|_imagingft|_imagingcms|_imagingtk|Image(Tk|Qt|Show|Cms))"
)
OURS = {"explorer", "pyi_rth", "_pyi_rth_utils", "pyiboot01_bootstrap", "pyimod"}


def files(frozen: Frozen) -> list[str]:
    return [path.relative_to(frozen.folder).as_posix() for path in frozen.folder.rglob("*") if not path.is_dir()]


def modules(frozen: Frozen) -> set[str]:
    """Every Python module inside: in the archive, in the base library, and as an extension beside them."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(frozen.command))
    packed = {
        name for entry in archive.toc if entry.endswith(".pyz") for name in archive.open_embedded_archive(entry).toc
    }
    beside = {
        ".".join(Path(name).parts[1:]).split(".cpython-")[0].split(".cp3")[0].removesuffix(".so").removesuffix(".pyd")
        for name in files(frozen)
        if re.search(r"\.(so|pyd)$", name)
    }
    return packed | beside


def test_it_is_small_enough(frozen: Frozen):
    blocks = sum(path.lstat().st_blocks for path in frozen.folder.rglob("*")) if sys.platform != "win32" else 0
    size = blocks * 512 or sum(path.stat().st_size for path in frozen.folder.rglob("*"))
    assert size <= MOST_MEGABYTES * 2**20, f"{size / 2**20:.0f} MB"


def test_no_link_leads_nowhere(frozen: Frozen):
    assert [str(path) for path in frozen.folder.rglob("*") if path.is_symlink() and not path.exists()] == []


def test_nothing_is_there_that_should_not_be(frozen: Frozen):
    assert [name for name in files(frozen) if FORBIDDEN_FILES.search(name)] == []
    assert sorted(name for name in modules(frozen) if FORBIDDEN_MODULES.match(name + ".") and _whole(name)) == []


def _whole(name: str) -> bool:
    found = FORBIDDEN_MODULES.match(name)
    return found is not None and name[found.end() : found.end() + 1] in ("", ".")


@pytest.mark.parametrize("folder", ["data/packs", "data/places", "resources"])
def test_what_is_shipped_is_whole_and_unchanged(frozen: Frozen, folder: str):
    for path in (ROOT / folder).rglob("*"):
        if path.is_file() and not {"__pycache__", "screenshots"} & set(path.parts):
            assert (frozen.inner / path.relative_to(ROOT)).read_bytes() == path.read_bytes(), path


def test_every_package_inside_is_in_the_notices(frozen: Frozen):
    notices = (frozen.inner / "resources" / "notices" / "THIRD-PARTY.txt").read_text(encoding="utf-8").lower()
    tops = {name.split(".")[0] for name in modules(frozen)}
    of = packages_distributions()
    inside = {name.lower().replace("_", "-") for top in tops - OURS for name in of.get(top, [])} - {
        "online-harms-explorer"
    }
    assert {"numpy", "pandas", "pyside6-essentials"} <= inside
    assert sorted(name for name in inside if name not in notices) == []


def test_each_licence_text_is_beside_the_notices(frozen: Frozen):
    texts = frozen.inner / "resources" / "notices" / "licences"
    expected = {
        "colorama",
        "lxml",
        "msgspec",
        "numpy",
        "pandas",
        "pillow",
        "platformdirs",
        "pyinstaller",
        "pyqtgraph",
        "pypdf",
        "python-calamine",
        "python-dateutil",
        "python-docx",
        "python-pptx",
        "xlsxwriter",
    }
    held = {
        path.relative_to(texts).parts[0] for path in texts.rglob("*") if path.is_file() and path.stat().st_size > 100
    }
    assert expected <= held
    assert (frozen.inner / "LICENSE").is_file()
