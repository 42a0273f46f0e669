"""The icons are what the one drawing gives, in every size asked for, and legible at the smallest."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
APP = ROOT / "resources" / "app"
NAVY, WHITE = (0x12, 0x43, 0x6D, 255), (255, 255, 255, 255)

pytest.importorskip("PySide6.QtSvg")
Image = pytest.importorskip("PIL.Image")
ImageChops = pytest.importorskip("PIL.ImageChops")


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_icons", ROOT / ".ci" / "make_icons.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def fresh(maker: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    maker.write_all(folder)
    return folder


def alike(left, right) -> bool:
    """Equal but for what another rasteriser may round at an edge."""
    difference = ImageChops.difference(left.convert("RGBA"), right.convert("RGBA"))
    return left.size == right.size and max(high for _, high in difference.getextrema()) <= 24


def test_every_committed_picture_is_what_the_drawing_gives(maker: ModuleType, fresh: Path):
    assert sorted(p.name for p in fresh.iterdir()) == sorted(p.name for p in APP.glob("icon*") if p.suffix != ".svg")
    for size in maker.PNG_SIZES:
        assert alike(Image.open(APP / f"icon-{size}.png"), Image.open(fresh / f"icon-{size}.png")), size


def test_the_windows_icon_holds_each_size_drawn_and_not_shrunk(maker: ModuleType):
    with Image.open(APP / "icon.ico") as icon:
        assert icon.ico.sizes() == {(size, size) for size in maker.ICO_SIZES}
        for size in maker.ICO_SIZES:
            assert alike(icon.ico.getimage((size, size)), maker.rendered(size)), size


def test_the_macos_icon_holds_each_size_with_its_margin(maker: ModuleType):
    with Image.open(APP / "icon.icns") as icon:
        pixels = {side * scale for side, _, scale in icon.info["sizes"]}
        assert pixels >= {32, 64, 256, 512, 1024}
        icon.size = (512, 512)
        icon.load(2)
        assert icon.convert("RGBA").getpixel((60, 512))[3] == 0
        assert alike(icon, maker.rendered(1024, maker.MACOS_MARGIN))


def test_at_16_pixels_it_is_three_sharp_rising_bars():
    with Image.open(APP / "icon-16.png") as icon:
        picture = icon.convert("RGBA")
    heights = [sum(picture.getpixel((x, y)) == WHITE for y in range(16)) for x in range(16)]
    assert heights == [0, 0, 0, 3, 3, 0, 0, 5, 5, 0, 0, 8, 8, 0, 0, 0]
    assert picture.getpixel((6, 6)) == NAVY


def test_the_drawing_is_ours_and_plain():
    drawing = (APP / "icon.svg").read_text(encoding="utf-8")
    assert not re.search(r"<(image|text|script|style|use)\b|href", drawing)
