"""Differences between versions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign_app.letters.merge import Text
from campaign_app.texts.changes import changes, difference


def shown(old: str, new: str) -> str:
    marks = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in difference(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a", "a", "a"),
        ("", "a", "[+a+]"),
        ("Please release her.", "Please release him.", "Please release [-her-][+him+]."),
        ("One.\n\nTwo.\n", "One.\n\nNew.\n\nTwo.\n", "One.\n\n[+New.\n\n+]Two.\n"),
        ("석방을 요청합니다", "석방을 촉구합니다", "석방을 [-요청합니다-][+촉구합니다+]"),
        ("Another subject by someone", "Release her now", "[-Another subject by someone-][+Release her now+]"),
        ("请释放他", "请释放她", "请释放[-他-][+她+]"),
        ("a" * 3000 + " b" * 3000, "c", "[-" + "a" * 3000 + " b" * 3000 + "-][+c+]"),
    ],
)
def test_what_went_and_what_came_is_told_by_words(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


@settings(deadline=None)
@given(old=st.text("ab \n漢", max_size=60), new=st.text("ab \n漢", max_size=60))
def test_both_texts_can_be_read_from_their_difference(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new
    assert all(a.kind != b.kind for a, b in pairwise(pieces))


def test_only_parts_that_differ_are_told() -> None:
    old, new = Text("en", "S", "Dear", "Yours", "Body"), Text("en", "S", "Dear", "Best", "Body")
    assert list(changes(old, new)) == ["closing"]
