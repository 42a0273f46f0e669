"""What the program is: version, evidence, help lines, licences. And the notices of what it is made with.

It reads version numbers that are already on this machine and asks nothing of anybody.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSize, qVersion
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from explorer import __version__
from explorer.documents import HELP_CHECK, HELP_LINES
from explorer.pages.panels import NAME, MethodTopic, as_text, method_topics
from explorer.support import Theme, resources_folder
from explorer.ui.cards import (
    ActionKind,
    CardAction,
    CardColumn,
    CardContent,
    CardParagraph,
    CardsDialog,
    build_actions,
    build_copy_action,
    build_heading,
    build_prose,
)
from explorer.ui.theme import GAP, ParagraphRole, Typeset, build_palette, colour
from explorer.ui.widgets import ButtonStyle, ThinBar, WordButton

PROGRAM_NAME = "Online Harms Explorer"
_PARTS = (
    ("PySide6", "PySide6_Essentials"),
    ("pyqtgraph", "pyqtgraph"),
    ("pandas", "pandas"),
)
_LEAST = QSize(320, 320)
_MOST_NOTICES = 4_000_000
"""The longest notices that are read, in bytes."""


class PackLine(Protocol):
    """What is said of a loaded pack."""

    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def publisher(self) -> str: ...  # noqa: D102
    @property
    def figures(self) -> int: ...  # noqa: D102
    @property
    def verified(self) -> bool: ...  # noqa: D102


class AboutDialog(QDialog):
    """Version, evidence, help lines and licences, with a way to the notices."""

    def __init__(self, packs: Sequence[PackLine], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typeset = Typeset(theme, self.font())
        self._notices: NoticesDialog | None = None
        self.setWindowTitle(f"About {PROGRAM_NAME}")
        self.setPalette(build_palette(theme))
        self.column = CardColumn(self, f"About {PROGRAM_NAME}")
        self.column.action_triggered.connect(self._on_action)
        self.notices = _build_button(self, "Third-party notices", self._typeset)
        self.notices.clicked.connect(self._show_notices)
        self.close_button = _build_button(self, "Close", self._typeset)
        self.close_button.clicked.connect(self.accept)
        _layout_dialog(self, self.column, (self.notices, self.close_button))
        self.close_button.setFocus()
        self.resize(520, 640)
        self.column.show_cards(about_contents(packs), self._typeset, top=True)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the dialog's surface."""
        _draw_surface(self, self._typeset.theme)

    def _show_notices(self) -> None:
        if self._notices is None:
            self._notices = NoticesDialog(notices_text(), self._typeset, self)
        self._notices.open()

    def _on_action(self, action: CardAction) -> None:
        if action.act is ActionKind.COPY:
            QGuiApplication.clipboard().setText(action.value)


class NoticesDialog(QDialog):
    """The notices of the software the program is made with, as plain text."""

    def __init__(self, text: str, typeset: Typeset, parent: QWidget) -> None:
        super().__init__(parent)
        self._typeset = typeset
        self.setWindowTitle("Third-party notices")
        self.setPalette(build_palette(typeset.theme))
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Third-party notices")
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.document().setDocumentMargin(2 * GAP)
        bar = ThinBar(self.text)
        bar.apply_theme(typeset.theme)
        self.text.setVerticalScrollBar(bar)
        self.text.setPlainText(text)
        close = _build_button(self, "Close", typeset)
        close.clicked.connect(self.accept)
        _layout_dialog(self, self.text, (close,))
        self.resize(860, 600)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the dialog's surface."""
        _draw_surface(self, self._typeset.theme)


def about_contents(packs: Sequence[PackLine]) -> tuple[CardContent, ...]:
    """Everything the dialog says, as cards."""
    return (
        _build_program_card(),
        build_heading("Help"),
        _build_help_card(),
        build_heading("Evidence loaded"),
        _build_evidence_card(packs),
        build_heading("Made with"),
        _made_with(),
        build_heading("Licences"),
        _build_licences_card(),
    )


def component_versions() -> tuple[tuple[str, str], ...]:
    """What the program runs on, each with its version: ("Python", "3.12.4")."""
    package_versions = tuple((name, _package_version(package)) for name, package in _PARTS)
    return ((PROGRAM_NAME, __version__), ("Python", platform.python_version()), ("Qt", qVersion()), *package_versions)


def notices_text(folder: Path | None = None) -> str:
    """The third-party notices, or a sentence that says why they are not there. Never raises."""
    path = (folder or resources_folder()) / "notices" / "THIRD-PARTY.txt"
    try:
        with path.open("rb") as file:
            return file.read(_MOST_NOTICES).decode("utf-8", errors="replace")
    except OSError:
        return (
            "The notices are missing from this copy of the program. They belong in "
            f"{path.parent.name}/{path.name} of its resources; a fresh copy of the program has them."
        )


def _package_version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "version not recorded"


def _build_program_card() -> CardContent:
    words = build_prose(
        CardParagraph(role=ParagraphRole.AMOUNT, text=PROGRAM_NAME),
        CardParagraph(role=ParagraphRole.QUIET, text=f"Version {__version__}"),
        CardParagraph(
            role=ParagraphRole.BODY,
            text="Online grooming offences recorded by the police in the United Kingdom: "
            "what was published, by whom, and what it does not cover.",
        ),
        CardParagraph(
            role=ParagraphRole.BODY,
            text="It works offline: it opens no network connection. An address is handed to your browser "
            "only when you press “Open in browser”.",
        ),
    )
    return CardContent(name=PROGRAM_NAME, parts=words)


def _build_help_card() -> CardContent:
    words = build_prose(
        CardParagraph(role=ParagraphRole.BODY, text="For a child, or for anyone worried about one:"),
        *(CardParagraph(role=ParagraphRole.FACT, label=name, text=how) for name, how in HELP_LINES),
        CardParagraph(role=ParagraphRole.CAVEAT, text=HELP_CHECK),
    )
    help_text = "\n".join(f"{name}: {how}" for name, how in HELP_LINES) + "\n(Check before you print.)"
    return CardContent(
        name="Help lines", parts=(*words, *build_actions(build_copy_action(help_text, "Copy help lines")))
    )


def _build_evidence_card(packs: Sequence[PackLine]) -> CardContent:
    lines = [paragraph for pack in packs for paragraph in _pack_paragraphs(pack)]
    if not lines:
        lines = [CardParagraph(role=ParagraphRole.BODY, text="No evidence pack is loaded.")]
    return CardContent(name="Evidence loaded", parts=build_prose(*lines))


def _pack_paragraphs(pack: PackLine) -> tuple[CardParagraph, ...]:
    figures = f"{pack.figures:,} {'figure' if pack.figures == 1 else 'figures'}"
    verification = "its sums were verified" if pack.verified else "its sums could not be verified"
    details = [f"Version {pack.version}" if pack.version else "", pack.publisher, figures, verification]
    return (
        CardParagraph(role=ParagraphRole.SPEAKER, text=pack.title),
        CardParagraph(role=ParagraphRole.QUIET, text=", ".join(part for part in details if part)),
    )


def _made_with() -> CardContent:
    words = build_prose(
        *(
            CardParagraph(role=ParagraphRole.FACT, label=name, text=version)
            for name, version in component_versions()[1:]
        )
    )
    version_text = "\n".join(f"{name} {version}" for name, version in component_versions())
    return CardContent(
        name="Made with", parts=(*words, *build_actions(build_copy_action(version_text, "Copy versions")))
    )


def _build_licences_card() -> CardContent:
    words = build_prose(
        CardParagraph(role=ParagraphRole.BODY, text=f"{PROGRAM_NAME} is free software under the MIT licence."),
        CardParagraph(
            role=ParagraphRole.BODY,
            text="Qt and PySide6 are used under the GNU Lesser General Public License, version 3. "
            "The notices name everything the program is made with, and under which licence.",
        ),
    )
    return CardContent(name="Licences", parts=words)


def _build_button(parent: QWidget, label: str, typeset: Typeset) -> WordButton:
    button = WordButton(parent, ButtonStyle.QUIET)
    button.apply_theme(typeset)
    button.set_label(label)
    return button


def _layout_dialog(dialog: QDialog, body: QWidget, buttons: Sequence[WordButton]) -> None:
    rows, foot = QVBoxLayout(dialog), QHBoxLayout()
    dialog.setMinimumSize(_LEAST)
    # Otherwise the layout changes the least size once more when the window is already there.
    rows.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
    rows.setContentsMargins(0, 0, 0, 0)
    foot.setContentsMargins(16, 8, 16, 12)
    foot.addStretch(1)
    for button in buttons:
        foot.addWidget(button)
    rows.addWidget(body, 1)
    rows.addLayout(foot)


def _draw_surface(dialog: QDialog, theme: Theme) -> None:
    painter = QPainter(dialog)
    painter.fillRect(dialog.rect(), colour(theme.panel))
    painter.end()


# How numbers are worked out: the method page as a dialog, a card a topic, which can be copied as
# text.


_SIZE = QSize(680, 640)


def method_dialog(theme: Theme, parent: QWidget | None) -> CardsDialog:
    """Each rule, tolerance and interval, with the works that they rest on."""
    every = method_topics()
    copy = build_actions(build_copy_action(as_text(every), "Copy all", f"Copy all of “{NAME}”"))
    cards = [_build_card(topic) for topic in every]
    cards.append(CardContent(name="Copy", parts=copy, has_frame=False))
    dialog = CardsDialog(NAME, cards, theme, parent)
    dialog.resize(_SIZE)
    return dialog


def _build_card(topic: MethodTopic) -> CardContent:
    words = build_prose(
        CardParagraph(role=ParagraphRole.LEAD, text=topic.heading),
        *(CardParagraph(role=ParagraphRole.BODY, text=rule) for rule in topic.rules),
        *(CardParagraph(role=ParagraphRole.QUIET, text=f"{reference}.") for reference in topic.references),
    )
    return CardContent(name=topic.heading, parts=words)
