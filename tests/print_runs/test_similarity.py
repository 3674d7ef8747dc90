from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign_app.print_runs.similarity import near_identical

LONG = " ".join(f"word{n}" for n in range(60))
KOREAN = "저는 교사 톨바 메렌의 석방을 촉구합니다. 그는 평화로운 글을 썼다는 이유만으로 갇혀 있습니다."


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        ([], []),
        (["Free her."], []),
        (["", "", " "], []),
        (["Free her.", "Free him."], []),
        (["Free her now!", "FREE HER NOW"], [(0, 1)]),
        ([LONG, "Something else entirely", LONG + " end"], [(0, 2)]),
        ([LONG, LONG.replace("word30", "other").replace("word10", "another")], []),
        ([KOREAN, "다른 편지", KOREAN.replace("!", ".")], [(0, 2)]),
        (["彼女を直ちに釈放してください", "釈放を", "彼女を直ちに釈放してください。"], [(0, 2)]),
        (["a b c", "d e f", "a b c", "d e f"], [(0, 2), (1, 3)]),
    ],
)
def test_texts_that_say_almost_the_same_are_found(texts: list[str], groups: list[tuple[int, ...]]) -> None:
    assert near_identical(texts) == groups


def test_how_much_alike_can_be_said() -> None:
    assert near_identical([LONG, LONG.replace("word30", "other")], alike=0.9) == [(0, 1)]
    assert near_identical([LONG, LONG.replace("word30", "other")], alike=1) == []


def test_letters_of_one_text_differ_by_what_their_writers_add() -> None:
    words = random.Random(7)  # noqa: S311 (the same every time)
    own = [" ".join(f"own{words.randrange(5000)}" for _ in range(40)) for _ in range(300)]
    assert near_identical([f"{LONG} {added}" for added in own]) == []
    assert near_identical([f"{LONG} {added}" for added in [*own, own[7]]]) == [(7, 300)]


@given(st.lists(st.text("abc ", max_size=12), max_size=12))
def test_no_place_is_named_twice_and_no_group_has_one(texts: list[str]) -> None:
    groups = near_identical(texts)
    named = [place for group in groups for place in group]
    assert len(named) == len(set(named))
    assert all(len(group) > 1 for group in groups)


@given(st.lists(st.text("ab ", max_size=9), max_size=8), st.sampled_from([0.3, 0.5, 0.7, 0.9, 1.0]))
def test_comparing_few_finds_what_comparing_all_does(texts: list[str], alike: float) -> None:
    groups: list[tuple[set[tuple[str, ...]], list[int]]] = []
    for place, found in enumerate(map(_shingles, texts)):
        like = [group for first, group in groups if found and len(first & found) / len(first | found) >= alike]
        if like:
            like[0].append(place)
        elif found:
            groups.append((found, [place]))
    assert near_identical(texts, alike) == [tuple(group) for _, group in groups if len(group) > 1]


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + 3]) for at in range(max(1, len(words) - 2))} if words else set()
