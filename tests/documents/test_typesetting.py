"""That WeasyPrint still does what we ask of it in ways of our own; an update has to pass here first."""

from __future__ import annotations

import pytest
import weasyprint

from campaign_app.documents import fonts, typesetting
from campaign_app.documents.typesetting import Fault, ForeignResource, Laid


def document(body: str, language: str = "en") -> str:
    return f'<html lang="{language}"><body><div>{body}</div></body></html>'


def stylesheet(language: str = "en", rules: str = "") -> weasyprint.CSS:
    family = typesetting.font_family(fonts.stack(language))
    return typesetting.css(
        "@page { size: 100mm 10000mm; margin: 0 } body, p, ul { margin: 0 } div { display: flow-root }"
        f"html {{ font: 12pt/1.5 {family} }} {rules}"
    )


def laid_out(body: str, language: str = "en", rules: str = "") -> Laid:
    (laid,) = typesetting.lay_out(document(body, language), [stylesheet(language, rules)])
    return laid


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "data:image/png;base64,AAAA",
        "other:y",
    ],
)
def test_safety_11_a_picture_from_elsewhere_stops_the_page(url: str) -> None:
    with pytest.raises(ForeignResource):
        laid_out(f'<img src="{url}" alt=""/>')


def test_safety_11_a_stylesheet_from_elsewhere_stops_the_page() -> None:
    with pytest.raises(ForeignResource):
        laid_out('<link rel="stylesheet" href="file:///etc/hostname"/>')


def test_safety_11_a_background_from_elsewhere_stops_the_page() -> None:
    with pytest.raises(ForeignResource):
        laid_out("<p>Text</p>", rules='p { background: url("http://127.0.0.1:9/x.png") }')


def test_safety_rule_4_what_weasyprint_would_only_log_stops_the_page() -> None:
    with pytest.raises(Fault, match="wide"):
        laid_out('<p style="width: wide">Text</p>')


def test_lines_are_measured_from_the_corner_of_their_block() -> None:
    laid = laid_out("<p>First<br/>second</p><p>third</p>", rules="body { margin: 7mm } div { padding-left: 72pt }")
    assert [text.text for text in laid.texts] == ["First", "second", "third"]
    assert [text.bottom for text in laid.texts] == [pytest.approx(bottom) for bottom in (18, 36, 54)]
    assert {round(text.x, 2) for text in laid.texts} == {72}
    assert laid.height == pytest.approx(54)
    first, second, _ = laid.texts
    assert second.y - first.y == pytest.approx(18)


def test_a_text_says_in_which_type_it_is_set() -> None:
    plain, strong, slanted = laid_out("<p>a <strong>b</strong> <em>c</em></p>").texts
    assert [text.style for text in (plain, strong, slanted)] == ["Regular", "Bold", "Italic"]
    assert plain.families == fonts.stack("en")
    assert plain.size == pytest.approx(12)


def test_fonts_that_are_gathered_by_another_name_are_given_back_by_their_own() -> None:
    (text,) = laid_out("<p>မြန်မာ</p>", "my").texts
    assert text.families == fonts.stack("my")


def test_a_list_says_which_item_each_line_is_of_and_which_are_its_bullets() -> None:
    texts = laid_out("<p>Before</p><ul><li>one</li><li>two<br/>lines</li></ul>").texts
    assert [(text.item, text.marker) for text in texts] == [
        (0, False), (1, True), (1, False), (2, True), (2, False), (2, False),
    ]  # fmt: skip


def test_a_line_from_right_to_left_says_so() -> None:
    (text,) = laid_out('<p dir="rtl">123 abc</p>').texts
    assert text.right_to_left
