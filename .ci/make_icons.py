"""Makes every app icon from the one drawing, `resources/app/icon.svg`.

    uv run python .ci/make_icons.py [FOLDER]

It writes `icon.ico` (Windows), `icon.icns` (macOS) and `icon-N.png` (Linux, and the window) beside the
drawing, or into FOLDER. The results are committed, and `tests/bundle/test_icons.py` holds them to the
drawing. It draws nothing itself: to change the icon, change the drawing and run this again.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from PIL import Image

DRAWING = Path(__file__).resolve().parent.parent / "resources" / "app" / "icon.svg"
PNG_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
ICNS_SIZES = (16, 32, 64, 128, 256, 512, 1024)
MACOS_MARGIN = 100 / 1024
"""macOS leaves this much of an icon's side empty all round, from 64 pixels on."""


def rendered(size: int, margin: float = 0.0) -> Image.Image:
    """The drawing as a square picture of ``size`` pixels; ``margin`` is the share left empty on each side."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    canvas = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    canvas.fill(0)
    inset = round(size * margin)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(inset, inset, size - 2 * inset, size - 2 * inset))
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    canvas.save(buffer, "PNG")
    return Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGBA")


def write_all(folder: Path) -> list[Path]:
    """Writes every icon into the folder and returns their paths."""
    written = [folder / f"icon-{size}.png" for size in PNG_SIZES]
    for size, path in zip(PNG_SIZES, written, strict=True):
        rendered(size).save(path, optimize=True)
    ico, icns = folder / "icon.ico", folder / "icon.icns"
    _write_series(ico, [rendered(size) for size in ICO_SIZES], sizes=[(size, size) for size in ICO_SIZES])
    _write_series(icns, [rendered(size, MACOS_MARGIN if size >= 64 else 0) for size in ICNS_SIZES])
    return [*written, ico, icns]


def _write_series(path: Path, pictures: list[Image.Image], **options: object) -> None:
    """Each size is drawn afresh: Pillow would otherwise shrink the largest, and small icons would blur."""
    pictures[-1].save(path, append_images=pictures[:-1], **options)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DRAWING.parent
    target.mkdir(parents=True, exist_ok=True)
    for made in write_all(target):
        sys.stdout.write(f"{made}\n")
