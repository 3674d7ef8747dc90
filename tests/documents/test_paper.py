from __future__ import annotations

import pytest

from campaign_app.documents.paper import (
    A4,
    DIN_5008_A,
    DIN_5008_B,
    DIN_NOTES,
    FRANCE,
    RETURN_ZONE,
    US_10,
    US_LETTER,
    WINDOWS,
    Layout,
    Window,
)


@pytest.mark.parametrize(
    ("window", "x", "y", "width", "height"),
    [
        (DIN_5008_A, 20, 27, 85, 45),
        (DIN_5008_B, 20, 45, 85, 45),
        (FRANCE, 110, 55, 85, 33),
        (US_10, 22.2, 63.5, 88.8, 16.9),
    ],
)
def test_windows_stand_where_the_standards_have_them(
    window: Window, x: float, y: float, width: float, height: float
) -> None:
    assert (window.x, window.y, window.width, window.height) == (x, y, width, height)
    assert WINDOWS[window.name] is window


def test_a_din_window_holds_the_sender_three_lines_of_notes_and_six_of_address() -> None:
    assert DIN_NOTES == RETURN_ZONE + 12.7
    assert DIN_5008_B.height - DIN_5008_B.notes == pytest.approx(27.3)


def test_din_forms_say_where_to_fold_and_punch() -> None:
    assert DIN_5008_A.folds_on(A4) == (87, 192)
    assert DIN_5008_B.folds_on(A4) == (105, 210)
    assert DIN_5008_A.punch == DIN_5008_B.punch == 148.5


def test_other_letters_are_folded_in_thirds() -> None:
    assert FRANCE.folds_on(A4) == (99, 198)
    assert US_10.folds_on(US_LETTER) == pytest.approx((93.13, 186.27), abs=0.01)


def test_text_is_11_points_and_16_in_large_print() -> None:
    assert Layout().points == 11
    assert Layout(large_print=True).points == 16
