"""Every theme can be read: the contrast that WCAG 2.2 asks for, role by role; and naming one needs no Qt."""

from __future__ import annotations

import subprocess
import sys

import pytest

from explorer.support.theme import CONTRAST, LIGHT, PRINT, THEMES, Theme, contrast_ratio, relative_luminance

BOTH = ("page", "panel")


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast_ratio("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast_ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert relative_luminance("#FF0000") == pytest.approx(0.2126)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
class TestReadable:
    def test_text_on_every_surface(self, theme: Theme) -> None:
        for surface in (theme.page, theme.panel, theme.hover, theme.selection):
            assert contrast_ratio(theme.text, surface) >= 4.5
        for surface in (theme.page, theme.panel):
            assert contrast_ratio(theme.muted_text, surface) >= 4.5
        assert contrast_ratio(theme.on_accent, theme.accent) >= 4.5

    def test_marks_focus_and_accent(self, theme: Theme) -> None:
        for surface in (theme.page, theme.panel):
            for colour in (*theme.series, theme.other, theme.neutral, theme.accent, theme.focus):
                assert contrast_ratio(colour, surface) >= 3, (colour, surface)

    def test_names_beside_a_selected_or_hovered_mark(self, theme: Theme) -> None:
        for surface in (theme.hover, theme.selection):
            assert contrast_ratio(theme.muted_text, surface) >= 4.5

    def test_series_colours_are_all_different_and_none_means_two_things(self, theme: Theme) -> None:
        assert len({*theme.series, theme.other}) == len(theme.series) + 1 >= 7
        assert [theme.series_colour(role) for role in range(6)] == list(theme.series)
        assert {theme.series_colour(role) for role in range(6, 30)} == {theme.other}


def test_high_contrast_is_high() -> None:
    for colour in (*CONTRAST.series, CONTRAST.text, CONTRAST.muted_text, CONTRAST.accent, CONTRAST.focus):
        assert contrast_ratio(colour, CONTRAST.page) >= 7


def test_print_is_the_analysis_functions_palette() -> None:
    assert PRINT.series[:4] == ("#12436D", "#28A197", "#801650", "#F46A25")
    assert LIGHT.series[0] == PRINT.series[0]


def test_a_theme_can_be_named_without_qt() -> None:
    code = "import sys, explorer.support.theme; print({'PySide6', 'pyqtgraph'} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "set()"
