"""A file's name is plain and short, whatever its addressee is called."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from campaign_app.documents.paper import Layout
from campaign_app.letters.files import LONGEST_NAME, file_name
from campaign_app.letters.handover import Handover


@given(st.lists(st.text(max_size=200), min_size=1, max_size=4))
def test_whatever_an_addressee_is_called_the_name_is_a_name_in_this_folder(titles: list[str]) -> None:
    handover = Handover("free-the-poet", tuple(titles), (), Layout())
    for number in range(len(titles)):
        name = file_name(handover, number)
        assert re.fullmatch(r"[a-z0-9-]+", name)
        assert len(name) <= LONGEST_NAME
        assert name.startswith(f"free-the-poet-{number + 1}")


def test_an_addressee_is_readable_in_the_name() -> None:
    handover = Handover("free", ("Président, Cour suprême", "../../대법원장"), (), Layout())
    assert [file_name(handover, number) for number in range(2)] == ["free-1-president-cour-supreme", "free-2"]
