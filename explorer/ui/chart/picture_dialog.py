"""The chart as a picture of a chosen size, scale and colours: seen first, then saved or copied."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.export.page import FORMATS
from explorer.pages.model import Page
from explorer.support import PRINT, THEMES, Theme, write_atomically
from explorer.ui.theme import GAP, SMALL, Typeset, build_palette, colour, scaled_font
from explorer.ui.widgets import ButtonStyle, ChoiceField, WordButton, WordField

if TYPE_CHECKING:
    from explorer.ui.core import WindowContext


_SIZES = (
    ("Slide, 16:9", 1200, 675),
    ("Slide, 4:3", 1000, 750),
    ("Page, across", 1000, 600),
    ("Page, one column", 640, 520),
    ("Square", 900, 900),
    ("Own size", 0, 0),
)
_OWN = len(_SIZES) - 1
_SCALES = (1.0, 1.5, 2.0, 3.0, 4.0)
_COLOURS = (("For print", "print"), ("Light", "light"), ("Dark", "dark"), ("High contrast", "contrast"))
_LEAST, _MOST = 320, 6000
_PAUSE = 250
_PREVIEW_SIZE = QSize(520, 380)


class PictureDialog(QDialog):
    """Asks how large; shows what would be made."""

    def __init__(self, page: Page, context: WindowContext) -> None:
        super().__init__(context.widget)
        self._page, self._context = page, context
        self._typeset = Typeset(context.theme, self.font())
        self.setWindowTitle("Save chart as a picture")
        self.setPalette(build_palette(context.theme))
        self.size_ = self._build_choice("Size", [f"{name}" for name, _, _ in _SIZES])
        self.width_, self.height_ = self._build_number_field("Width"), self._build_number_field("Height")
        self.scale_ = self._build_choice("Scale", [f"{scale:g} times" for scale in _SCALES])
        self.scale_.setCurrentIndex(_SCALES.index(2.0))
        self.colours = self._build_choice("Colours", [name for name, _ in _COLOURS])
        self.message_label = QLabel(self)
        self.message_label.setTextFormat(Qt.TextFormat.PlainText)
        self.message_label.setWordWrap(True)
        self.message_label.setFont(scaled_font(self._typeset.font, SMALL))
        self.preview_label = QLabel(self)
        self.preview_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview_label.setMinimumSize(_PREVIEW_SIZE)
        self.preview_label.setAccessibleName("Preview of the picture")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._show_preview)
        self._lay_out()
        self.size_.activated.connect(self._take_size)
        for field in (self.width_, self.height_):
            field.textEdited.connect(self._own_size)
        self.scale_.activated.connect(lambda _at: self._later.start(0))
        self.colours.activated.connect(lambda _at: self._later.start(0))
        self._take_size(0)
        self.resize(self.sizeHint())

    def _build_choice(self, name: str, labels: list[str]) -> ChoiceField:
        field = ChoiceField(self, name)
        field.addItems(labels)
        field.apply_theme(self._typeset)
        return field

    def _build_number_field(self, name: str) -> WordField:
        field = WordField(self, "Pixels", name)
        field.apply_theme(self._typeset)
        field.setMaxLength(5)
        return field

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(GAP)
        fields = (
            ("Size", self.size_),
            ("Width", self.width_),
            ("Height", self.height_),
            ("Scale (PNG)", self.scale_),
            ("Colours", self.colours),
        )
        for row, (label, field) in enumerate(fields):
            grid.addWidget(QLabel(label, self), row, 0)
            grid.addWidget(field, row, 1)
        side = QVBoxLayout()
        side.addLayout(grid)
        side.addSpacing(GAP)
        side.addWidget(self.message_label)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(3 * GAP)
        middle.addWidget(self.preview_label, 1)
        middle.addLayout(side)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        rows.setSpacing(2 * GAP)
        rows.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        rows.addLayout(middle, 1)
        rows.addLayout(self._build_footer())

    def _build_footer(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addStretch(1)
        for label, act in (
            *((f"Save as {fmt.id.upper()}…", fmt.id) for fmt in FORMATS.values() if fmt.picture),
            ("Copy", "copy"),
            ("Close", ""),
        ):
            button = WordButton(self, ButtonStyle.QUIET)
            button.set_label(label)
            button.apply_theme(self._typeset)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: self._perform_action(act))
            foot.addWidget(button)
        return foot

    # ---- what is chosen

    def _take_size(self, at: int) -> None:
        _, wide, high = _SIZES[at]
        if wide:
            self.width_.setText(str(wide))
            self.height_.setText(str(high))
        self._later.start(0)

    def _own_size(self) -> None:
        self.size_.setCurrentIndex(_OWN)
        self._later.start(_PAUSE)

    def chosen_size(self) -> tuple[int, int] | None:
        """Width and height in pixels at once the scale; None for what is no size."""
        texts = (self.width_.text().strip(), self.height_.text().strip())
        if not all(text.isdecimal() and _LEAST <= int(text) <= _MOST for text in texts):
            return None
        return int(texts[0]), int(texts[1])

    @property
    def scale(self) -> float:
        """Device pixels to each pixel of a PNG."""
        return _SCALES[self.scale_.currentIndex()]

    @property
    def theme(self) -> Theme:
        """The colours chosen."""
        return {**THEMES, "print": PRINT}[_COLOURS[self.colours.currentIndex()][1]]

    def _render_image(self, scale: float) -> QImage | None:
        from explorer.render.image import picture_image

        size = self.chosen_size()
        if size is None:
            self.message_label.setText(f"Width and height are whole numbers of pixels, from {_LEAST} to {_MOST:,}.")
            return None
        try:
            return picture_image(self._page.chart, self.theme, *size, scale)
        except ValueError as error:
            self.message_label.setText(str(error))
            return None

    def _show_preview(self) -> None:
        image = self._render_image(1.0)
        if image is None:
            self.preview_label.clear()
            return
        wide, high = round(image.width() * self.scale), round(image.height() * self.scale)
        size = self.chosen_size() or (0, 0)
        higher = " It is higher than asked for, so that no word is cut off." if image.height() > size[1] else ""
        self.message_label.setText(f"A PNG has {wide:,} × {high:,} pixels.{higher}")
        smooth = Qt.TransformationMode.SmoothTransformation
        ratio = self.devicePixelRatioF()
        room = self.preview_label.size() * ratio
        preview = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        preview.setDevicePixelRatio(ratio)
        self.preview_label.setPixmap(QPixmap.fromImage(preview))

    # ---- what is done

    def _perform_action(self, act: str) -> None:
        if not act:
            self.reject()
        elif self.chosen_size() is None:
            self._show_preview()
        elif act == "copy":
            image = self._render_image(self.scale)
            if image is not None:
                QGuiApplication.clipboard().setImage(image)
                self._context.messages.show_message(
                    "The chart was copied as a picture; its sources are in the picture."
                )
        else:
            self._ask_where(act)

    def _ask_where(self, fmt: str) -> None:
        default_path = self._context.default_folder() / self._context.page_file_name(f".{fmt}")
        path, _ = QFileDialog.getSaveFileName(self, "Save picture", str(default_path), f"{fmt.upper()} (*.{fmt})")
        if path:
            self.write(Path(path if path.lower().endswith(f".{fmt}") else f"{path}.{fmt}"))

    def write(self, path: Path) -> None:
        """Write the picture to ``path``, in the format of its ending, and say how that went."""
        from explorer.render.image import render_picture

        size = self.chosen_size()
        if size is None:
            return
        say = self._context.messages.show_message
        try:
            fmt = path.suffix.removeprefix(".").lower()
            write_atomically(path, render_picture(self._page.chart, fmt, self.theme, size, self.scale))
        except ValueError as error:
            say(str(error))
        except OSError as error:
            say(f"“{path.name}” was not saved: {error.strerror or error}. Choose another folder or name.")
        else:
            self._context.saved_in = path.parent
            say(f"Saved: {path}")
            self.accept()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802
        """Show the preview at its new size."""
        self._later.start(_PAUSE)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the dialog's surface."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._typeset.theme.panel))
        painter.end()


def open_picture_dialog(context: WindowContext) -> QWidget | None:
    """Open the dialog about the chart on screen; nothing where no chart is drawn."""
    page = context.store.page
    if page is None or page.chart.empty:
        context.messages.show_message("There is no chart on screen to make a picture of.")
        return None
    dialog = PictureDialog(page, context)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
