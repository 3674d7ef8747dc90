from __future__ import annotations

import pytest

from campaign_app.documents.paper import (
    A4,
    DIN_5008_A,
    DIN_5008_B,
    DIN_NOTES,
    ENVELOPES,
    FRANCE,
    LABEL_SHEETS,
    RETURN_ZONE,
    US_10,
    US_LETTER,
    WINDOWS,
    LabelSheet,
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


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [("DL", 220, 110), ("C6", 162, 114), ("C5", 229, 162), ("C4", 324, 229), ("#10", 241.3, 104.8)],
)
def test_envelopes_are_as_large_as_in_the_shops(name: str, width: float, height: float) -> None:
    assert (ENVELOPES[name].width, ENVELOPES[name].height) == (width, height)


def test_folded_sheets_fit_their_envelopes() -> None:
    dl, c5, c4, us_10 = (ENVELOPES[name] for name in ("DL", "C5", "C4", "#10"))
    assert (dl.width > A4.width, dl.height > A4.height / 3) == (True, True)
    assert (c5.width > A4.width, c5.height > A4.height / 2) == (True, True)
    assert (c4.width > A4.height, c4.height > A4.width) == (True, True)
    assert (us_10.width > US_LETTER.width, us_10.height > US_LETTER.height / 3) == (True, True)


@pytest.mark.parametrize(("name", "grams"), [("DL", 5), ("C6", 4), ("C5", 8), ("C4", 15.5), ("#10", 5.5)])
def test_an_empty_envelope_weighs_what_it_is_made_of(name: str, grams: float) -> None:
    assert ENVELOPES[name].grams == grams


@pytest.mark.parametrize(
    ("name", "paper", "labels", "last"),
    [
        ("L7159", "A4", 24, (139.54, 250.08)),
        ("L7160", "A4", 21, (139.28, 243.75)),
        ("L7162", "A4", 16, (106.27, 250.11)),
        ("L7163", "A4", 14, (106.27, 243.75)),
        ("L7651", "A4", 65, (167.23, 264.94)),
        ("3474", "A4", 24, (140, 259.5)),
        ("5160", "Letter", 30, (144.46, 241.3)),
        ("5163", "Letter", 10, (110.33, 215.9)),
    ],
)
def test_labels_stand_where_their_makers_have_them(
    name: str, paper: str, labels: int, last: tuple[float, float]
) -> None:
    sheet = LABEL_SHEETS[name]
    assert (sheet.paper.name, sheet.labels) == (paper, labels)
    assert sheet.place(0) == (sheet.left, sheet.top)
    assert sheet.place(labels - 1) == pytest.approx(last)


@pytest.mark.parametrize("sheet", LABEL_SHEETS.values(), ids=LABEL_SHEETS)
def test_text_keeps_away_from_the_edges_of_a_label(sheet: LabelSheet) -> None:
    assert sheet.inset[0] >= 4
    assert sheet.inset[1] >= 2
