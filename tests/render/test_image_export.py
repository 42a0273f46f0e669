"""Pictures: in each format a bar is as long as its number says against the axis printed beside it.

Nothing here asks the layout where things are: bars, grid lines and tick labels are found in what was written.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ContentStream
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from explorer.pages.model.chart import Chart, ChartShape, DataSeries, MarkFill
from explorer.render.image.export import picture_image, write_picture
from explorer.support.theme import LIGHT, PRINT, THEMES
from tests.render import samples
from tests.render.samples import axis, datum, values
from tests.run_sizes import plain_and_slow

pytestmark = pytest.mark.usefixtures("qapp")

FORMATS = ("png", "svg", "pdf")
SVG = "{http://www.w3.org/2000/svg}"
AMOUNTS = (66, 71, 77, 22)
TICKS = (0, 20, 40, 60, 80)


def measured(shape: ChartShape, fill: MarkFill = MarkFill.SOLID) -> Chart:
    """Four numbers apart from one another, and nothing else in the colour of the bars."""
    across = axis(-0.6, 3.6, *((at, f"year {at}") for at in range(4)))
    data = tuple(datum(f"m{at}", at - 0.2, at + 0.2, amount, fill=fill) for at, amount in enumerate(AMOUNTS))
    silent = {"title": "", "subtitle": "", "notes": (), "source_line": ""}
    return samples.chart(shape, across, values(80, 20, ""), DataSeries(name="", role=0, data=data), **silent)


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("size", plain_and_slow([(1200, 675), (600, 900)]), ids=str)
class TestMeasured:
    def test_columns(self, fmt: str, size: tuple[int, int], tmp_path: Path) -> None:
        pixels = drawn(measured(ChartShape.COLUMNS), fmt, tmp_path, size)
        assert amounts(pixels) == pytest.approx(AMOUNTS, rel=0.01)

    def test_rows(self, fmt: str, size: tuple[int, int], tmp_path: Path) -> None:
        pixels = drawn(measured(ChartShape.ROWS), fmt, tmp_path, size)
        if fmt == "pdf":  # pixels of a half are too coarse for a hundredth of the least bar
            pixels = from_pdf(tmp_path / "chart.pdf", fine=4.0)
        turned = np.transpose(pixels, (1, 0, 2))[::-1]
        assert amounts(turned) == pytest.approx(AMOUNTS, rel=0.01)

    def test_lines(self, fmt: str, size: tuple[int, int], tmp_path: Path) -> None:
        pixels = drawn(measured(ChartShape.LINES), fmt, tmp_path, size)
        assert amounts(pixels, middle=True) == pytest.approx(AMOUNTS, abs=0.8)

    def test_an_open_ended_column_is_solid_up_to_its_number(
        self, fmt: str, size: tuple[int, int], tmp_path: Path
    ) -> None:
        pixels = drawn(measured(ChartShape.COLUMNS, MarkFill.OPEN_ENDED), fmt, tmp_path, size)
        assert amounts(pixels) == pytest.approx(AMOUNTS, rel=0.01)


def test_a_wrong_bar_is_noticed(tmp_path: Path) -> None:
    pixels = drawn(measured(ChartShape.COLUMNS), "png", tmp_path, (1200, 675))
    stretched = pixels.copy()
    foot = int(np.argmax(close(stretched, PRINT.series[0]).any(axis=1)))
    stretched[foot - 12 : foot] = stretched[foot + 2]
    assert amounts(stretched) != pytest.approx(AMOUNTS, rel=0.01)


class TestTickLabels:
    """The labels stand on the scale that the bars are drawn to: the trap of two resolutions."""

    def test_svg(self, tmp_path: Path) -> None:
        root = svg_of(measured(ChartShape.COLUMNS), tmp_path)
        labels = {t.text: float(t.get("y", "")) for t in root.iter(f"{SVG}text")}
        step = (labels["0"] - labels["80"]) / 80
        bars = [
            float(rect.get("height", "")) * abs(float(group.get("transform", "").split(",")[3]))
            for group in root.iter(f"{SVG}g")
            if group.get("fill", "").upper() == PRINT.series[0]
            for rect in group.iter(f"{SVG}rect")
        ]
        assert [height / step for height in bars] == pytest.approx(AMOUNTS, rel=0.01)

    def test_the_rectangles_of_a_file_hold_the_numbers_themselves(self, tmp_path: Path) -> None:
        """In the plot's own units, under one transform: nothing was rounded on the way."""
        root = svg_of(measured(ChartShape.COLUMNS), tmp_path)
        heights = {float(rect.get("height", "")) for rect in root.iter(f"{SVG}rect")}
        assert heights >= set(AMOUNTS)
        write_picture(measured(ChartShape.ROWS), tmp_path / "rows.pdf", "pdf")
        widths = {round(width, 6) for _, (_, _, width, _) in rectangles(tmp_path / "rows.pdf")}
        assert widths >= set(AMOUNTS)

    def test_pdf(self, tmp_path: Path) -> None:
        path = tmp_path / "chart.pdf"
        # With some words to read, or the reader takes the columns for lines of writing from top to bottom.
        write_picture(replace(measured(ChartShape.COLUMNS), title="Offences " * 12), path, "pdf")
        page = pypdfium2.PdfDocument(path)[0]
        text = page.get_textpage()
        places = {word: found(text, word) for word in ("20", "80")}
        step = (places["80"] - places["20"]) / 60
        heights = [
            abs(matrix[3] * height) for matrix, (_, _, width, height) in rectangles(path) if height in AMOUNTS and width
        ]
        assert sorted(height / step for height in heights) == pytest.approx(sorted(AMOUNTS), rel=0.01)


class TestWords:
    @pytest.mark.slow
    @pytest.mark.parametrize("fmt", plain_and_slow(reversed(FORMATS)))
    def test_everything_is_inside(self, fmt: str, tmp_path: Path) -> None:
        """A margin of the page's colour all round, however many words there are."""
        for make in samples.ALL.values():
            for size in ((420, 300), (1200, 675)):
                pixels = drawn(make(), fmt, tmp_path, size)
                page = np.array([255, 255, 255])
                for edge in (pixels[:6], pixels[-6:], pixels[:, :6], pixels[:, -6:]):
                    assert (abs(edge.astype(int) - page) < 4).all(), make.__name__

    def test_text_is_text_in_svg(self, tmp_path: Path) -> None:
        chart = samples.flagged()
        root = svg_of(chart, tmp_path)
        written = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
        for said in (
            chart.title,
            chart.subtitle,
            *chart.notes,
            chart.source_line,
            "77",
            "2019/20",
            "Part of a year",
        ):
            assert said in written
        assert not list(root.iter(f"{SVG}image"))

    def test_text_is_text_in_pdf(self, tmp_path: Path) -> None:
        chart = samples.flagged()
        path = tmp_path / "chart.pdf"
        write_picture(chart, path, "pdf")
        written = " ".join(pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range().split())
        for said in (chart.title, chart.subtitle, *chart.notes, chart.source_line, "77", "2019/20"):
            assert said in written

    def test_the_text_alternative_is_in_every_format(self, tmp_path: Path) -> None:
        chart = samples.trend()
        root = svg_of(chart, tmp_path)
        assert (root.findtext(f"{SVG}title") or "").startswith(chart.title)
        assert root.findtext(f"{SVG}desc") == chart.alt_text
        assert root.get("role") == "img"
        write_picture(chart, tmp_path / "chart.pdf", "pdf")
        about = pypdfium2.PdfDocument(tmp_path / "chart.pdf").get_metadata_dict()
        assert about["Title"].startswith(chart.title)
        assert about["Subject"] == chart.alt_text
        root = PdfReader(tmp_path / "chart.pdf").trailer["/Root"]
        assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
        (figure,) = root["/StructTreeRoot"]["/K"][0]["/K"]
        assert (figure["/S"], figure["/Alt"]) == ("/Figure", chart.alt_text)
        left, bottom, right, top = figure["/A"]["/BBox"]
        page = PdfReader(tmp_path / "chart.pdf").pages[0].mediabox
        assert [round(float(side)) for side in (left, bottom, right, top)] == [
            0,
            0,
            round(float(page.width)),
            round(float(page.height)),
        ]
        write_picture(chart, tmp_path / "chart.png", "png")
        with Image.open(tmp_path / "chart.png") as image:
            assert image.info["Title"].startswith(chart.title)
            assert image.info["Description"] == chart.alt_text

    def test_other_programs_get_fonts_and_anchors(self, tmp_path: Path) -> None:
        texts = list(svg_of(samples.trend(), tmp_path).iter(f"{SVG}text"))
        anchors = {text.text: text.get("text-anchor") for text in texts}
        assert (anchors["77"], anchors["80"], anchors["Part of a year"]) == ("middle", "end", "start")
        assert all("sans-serif" in text.get("font-family", "") for text in texts)

    @pytest.mark.parametrize("fmt", FORMATS)
    def test_hostile_words_are_plain_text(self, fmt: str, tmp_path: Path) -> None:
        path = tmp_path / f"hostile.{fmt}"
        write_picture(samples.hostile(), path, fmt, scale=1.0)
        if fmt == "svg":
            root = ElementTree.parse(path).getroot()
            assert not list(root.iter(f"{SVG}script"))
            assert any("<script>" in (text.text or "") for text in root.iter(f"{SVG}text"))
        if fmt == "pdf":
            page = pypdfium2.PdfDocument(path)[0]
            assert "<b>bold</b>" in page.get_textpage().get_text_range()


class TestSizes:
    def test_an_image_has_the_size_asked_for(self) -> None:
        image = picture_image(samples.trend(), width=800, height=450, scale=2.0)
        assert (image.width(), image.height()) == (1600, 900)
        assert image.devicePixelRatio() == 2.0

    def test_words_that_need_it_make_it_higher(self) -> None:
        chart = replace(samples.trend(), notes=tuple(f"Note {number} " + "words " * 60 for number in range(12)))
        assert picture_image(chart, width=800, height=450, scale=1.0).height() > 450

    def test_every_theme_paints_its_page(self) -> None:
        for theme in THEMES.values():
            image = picture_image(samples.trend(), theme, 600, 400, 1.0)
            assert image.pixelColor(1, 1).name().upper() == theme.page

    @pytest.mark.parametrize("scale", plain_and_slow([1.5, 1.0, 2.0, 3.0]))
    def test_scale_changes_nothing_but_sharpness(self, scale: float, tmp_path: Path) -> None:
        path = tmp_path / "chart.png"
        write_picture(measured(ChartShape.COLUMNS), path, "png", scale=scale)
        assert amounts(np.asarray(Image.open(path).convert("RGB"))) == pytest.approx(AMOUNTS, rel=0.015)

    @pytest.mark.parametrize("size", [(10, 10), (99_999, 100)])
    def test_what_cannot_be_drawn_is_refused(self, size: tuple[int, int]) -> None:
        with pytest.raises(ValueError, match="cannot be drawn"):
            picture_image(samples.trend(), LIGHT, *size)
        with pytest.raises(ValueError, match="cannot be drawn"):
            picture_image(samples.trend(), scale=0)
        with pytest.raises(ValueError, match="cannot be drawn"):
            picture_image(samples.trend(), scale=100.0)

    def test_an_unknown_format_is_refused_and_writes_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="png, svg, pdf"):
            write_picture(samples.trend(), tmp_path / "chart.bmp", "bmp")
        assert not list(tmp_path.iterdir())

    def test_a_folder_that_is_not_there_is_the_disks_error(self, tmp_path: Path) -> None:
        with pytest.raises(OSError, match="chart"):
            write_picture(samples.empty(), tmp_path / "no" / "chart.png", "png")


def test_a_picture_needs_no_window_and_no_application(tmp_path: Path, qtbot: QtBot) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.render import samples;"
        "from explorer.render.image.export import write_picture;"
        "write_picture(samples.trend(), Path(sys.argv[1]), 'png'); print('explorer.ui' in sys.modules)"
    )
    path = tmp_path / "chart.png"
    root = Path(__file__).parents[2]
    env = {"PATH": "", "PYTHONPATH": str(root), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], env=env, cwd=root, capture_output=True, text=True, check=True
    )
    assert path.stat().st_size > 5000
    assert (done.stdout.strip(), done.stderr) == ("False", "")


# Reading pictures


def drawn(chart: Chart, fmt: str, folder: Path, size: tuple[int, int]) -> np.ndarray:
    """What was written, as pixels (rows, columns, red green blue)."""
    path = folder / f"chart.{fmt}"
    write_picture(chart, path, fmt, PRINT, size)
    return READERS[fmt](path)


def from_png(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path).convert("RGB"))


def from_svg(path: Path) -> np.ndarray:
    renderer = QSvgRenderer(str(path))
    size = renderer.defaultSize() * 2
    image = QImage(size, QImage.Format.Format_RGB888)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return raw[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def from_pdf(path: Path, fine: float = 2.0) -> np.ndarray:
    return np.asarray(pypdfium2.PdfDocument(path)[0].render(scale=fine * 96 / 72).to_pil().convert("RGB"))


READERS: dict[str, Callable[[Path], np.ndarray]] = {"png": from_png, "svg": from_svg, "pdf": from_pdf}


def close(pixels: np.ndarray, colour: str) -> np.ndarray:
    """Where a colour is, give or take what an edge blurs."""
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return (abs(pixels.astype(int) - wanted) <= 12).all(axis=2)


def runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """The stretches of True: where each begins and ends."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(int), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def amounts(pixels: np.ndarray, *, middle: bool = False) -> list[float]:
    """The numbers that the upright bars of a picture show, read off its grid lines and base line."""
    marks = close(pixels, PRINT.series[0])
    bars = runs(marks.any(axis=0))
    between = pixels[:, (bars[0][1] + bars[1][0]) // 2]
    base = [start for start, _ in runs(close(between[:, None], PRINT.muted_text)[:, 0])][-1]
    grid = [start for start, _ in runs(close(between[:, None], PRINT.grid)[:, 0]) if start < base]
    assert len(grid) == len(TICKS) - 1
    step = (base - grid[0]) / TICKS[-1]
    found: list[float] = []
    for left, right in bars:
        solid = runs(marks[:, (left + right) // 2])
        top, bottom = max(solid, key=lambda run: run[1] - run[0])
        found.append((base - (top + bottom) / 2 if middle else base - top) / step)
    return found


def svg_of(chart: Chart, folder: Path) -> ElementTree.Element:
    path = folder / "chart.svg"
    write_picture(chart, path, "svg")
    return ElementTree.parse(path).getroot()


def found(text: pypdfium2.PdfTextPage, word: str) -> float:
    """The height on the page of the first place where a word stands."""
    place = text.search(word).get_next()
    assert place is not None
    _, bottom, _, top = text.get_charbox(place[0])
    return (bottom + top) / 2


Matrix = tuple[float, float, float, float, float, float]


def rectangles(path: Path) -> list[tuple[Matrix, tuple[float, float, float, float]]]:
    """Every rectangle of a page as it is written, with the matrix from its units to points of the page."""
    found: list[tuple[Matrix, tuple[float, float, float, float]]] = []
    now: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    outer: list[Matrix] = []
    page = PdfReader(path).pages[0]
    content = ContentStream(page.get_contents(), page.pdf)
    for operands, operator in content.operations:
        if operator == b"q":
            outer.append(now)
        elif operator == b"Q":
            now = outer.pop()
        elif operator == b"cm":
            a, b, c, d, e, f = (float(one) for one in operands)
            x, y, z, w, u, v = now
            now = (
                a * x + b * z,
                a * y + b * w,
                c * x + d * z,
                c * y + d * w,
                e * x + f * z + u,
                e * y + f * w + v,
            )
        elif operator == b"re":
            found.append((now, tuple(float(one) for one in operands)))
    return found
