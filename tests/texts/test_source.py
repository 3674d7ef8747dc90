"""Sources of letter texts: what is refused, and that values stay values."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign_app.letters.letter import ItemList, Paragraph, Run
from campaign_app.texts import source
from campaign_app.texts.fields import FIELDS, MAY_BE_EMPTY, VANISH_WHEN_EMPTY
from campaign_app.texts.source import Flaw, FlawKind, MissingDetail

EVERYTHING = {field: f"the {field}" for field in FIELDS}
GUARDED = "{% if institution %}{{ institution }}{% endif %}"


def kinds(flaws: list[Flaw]) -> list[tuple[str, str, int]]:
    return [(flaw.kind.value, flaw.subject, flaw.line) for flaw in flaws]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear Sir or Madam,",
        "100 % of {{ person }}",
        "{{person}} {{  person  }} {{\nperson\n}}",
        GUARDED,
        "{% unless place %}Somewhere{% else %}{{ place }}{% endunless %}",
        "{% if addressee %}{{ addressee }}{% elsif institution %}{{ institution }}{% else %}Sir{% endif %}",
        "{% if place and institution %}{{ place }}, {{ institution }}{% endif %}",
        "{% if place or institution %}{% if place %}{{ place }}{% else %}{{ institution }}{% endif %}{% endif %}",
        "{{ introduction }} I write to you.",
        "First.\n\n{{ own_words }}\n\nLast.",
        "{{ own_words }}",
        "- one\n- two\n\n{{ own_words }}\n",
        "{% if own_words %}I add:\n\n{{ own_words }}\n\n{% endif %}Last.",
        "{% if place %}\n\n{{ own_words }}\n\n{% else %}\n\n{{ own_words }}\n\n{% endif %}",
    ],
)
def test_a_sound_text_has_no_flaws(text: str) -> None:
    assert source.flaws(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n{{ persn }}", [("unknown", "persn", 2)]),
        ("{{ Person }}", [("unknown", "Person", 1)]),
        ("{% if persn %}x{% endif %}", [("unknown", "persn", 1)]),
        ("{{ person", [("broken", "{{ person", 1)]),
        ("One.\nTwo {{ person }", [("broken", "Two {{ person }", 2)]),
        ("person }}", [("broken", "person }}", 1)]),
        ("{person}", [("broken", "{person}", 1)]),
        ("{{ person name }}", [("broken", "{{ person name }}", 1)]),
        ("{{ }}", [("broken", "{{ }}", 1)]),
        ("{{ 'Nadia' }}", [("broken", "{{ 'Nadia' }}", 1)]),
        ("{{ 7 * 7 }}", [("broken", "{{ 7 * 7 }}", 1)]),
        ("{{ person.size }}", [("broken", "{{ person.size }}", 1)]),
        ("{{ person[0] }}", [("broken", "{{ person[0] }}", 1)]),
        ("{{ person | upcase }}", [("broken", "{{ person | upcase }}", 1)]),
        ("{{- person -}}", [("broken", "{{- person -}}", 1)]),
        ("{{\u00a0person }}", [("broken", "{{\u00a0person }}", 1)]),
        ("{{ (1..100000000) }}", [("broken", "{{ (1..100000000) }}", 1)]),
        ("{% comment %}", [("broken", "{% comment %}", 1)]),
        ("{# person #}", [("broken", "{# person #}", 1)]),
        ("{% if person == 'x' %}a{% endif %}", [("broken", "{% if person == 'x' %}", 1)]),
        ("{% if person\n== 'x' %}a{% endif %}", [("broken", "{% if person\n== 'x' %}", 1)]),
        ("{% if not place %}a{% endif %}", [("broken", "{% if not place %}", 1)]),
        ("{% if place and %}a{% endif %}", [("broken", "{% if place and %}", 1)]),
        (
            "{% if place and person or date %}a{% endif %}",
            [("broken", "{% if place and person or date %}", 1)],
        ),
        ("One.\n{% if place %}\nTwo.", [("broken", "{% if place %}", 2)]),
        ("One.\n\n{% endif %}", [("broken", "{% endif %}", 3)]),
        ("{% if place %}{% endunless %}{% endif %}", [("broken", "{% endunless %}", 1)]),
        ("{% if place %}a{% else %}b{% else %}c{% endif %}", [("broken", "{% else %}", 1)]),
        ("{% if place %}a{% else if date %}b{% endif %}", [("broken", "{% else if date %}", 1)]),
        ("{% if place %}a{% else %}b{% elsif date %}c{% endif %}", [("broken", "{% elsif date %}", 1)]),
        ("A mark \ue000person\ue001", [("broken", "A mark \ue000person\ue001", 1)]),
        ("Dear {{ addressee }},", [("unguarded", "addressee", 1)]),
        ("{% if place %}{{ institution }}{% endif %}", [("unguarded", "institution", 1)]),
        ("{% unless place %}{{ place }}{% endunless %}", [("unguarded", "place", 1)]),
        ("{% unless institution %}{{ addressee }}{% endunless %}", [("unguarded", "addressee", 1)]),
        ("{% if place or institution %}{{ place }}{% endif %}", [("unguarded", "place", 1)]),
        ("{% unless own_words %}{{ place }}{% endunless %}", [("unguarded", "place", 1)]),
        ("{% if person %}x{% else %}{{ place }}{% endif %}", [("unguarded", "place", 1)]),
        ("One.\n\nI add {{ own_words }}", [("not_alone", "own_words", 3)]),
        ("One.\n{{ own_words }}\n\nTwo.", [("not_alone", "own_words", 2)]),
        ("- {{ own_words }}", [("not_alone", "own_words", 1)]),
        ("- one\n\n  {{ own_words }}", [("not_alone", "own_words", 3)]),
        ("{{ own_words }}\n\n{{ own_words }}", [("not_once", "own_words", 3)]),
        ("{% if place %}\n\n{{ own_words }}\n\n{% endif %}", [("not_once", "own_words", 3)]),
    ],
)
def test_safety_01_a_flaw_is_named_with_its_line(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert kinds(source.flaws(text)) == expected


@pytest.mark.parametrize("field", sorted(MAY_BE_EMPTY))
def test_a_field_that_may_be_empty_needs_a_condition(field: str) -> None:
    assert kinds(source.flaws(f"{{{{ {field} }}}}")) == [("unguarded", field, 1)]
    assert source.flaws(f"{{% if {field} %}}{{{{ {field} }}}}{{% endif %}}") == []


@pytest.mark.parametrize("field", sorted(VANISH_WHEN_EMPTY))
def test_whole_sentences_have_no_place_in_one_line(field: str) -> None:
    assert kinds(source.flaws(f"About {{{{ {field} }}}}", one_line=True)) == [("not_here", field, 1)]


def test_a_required_field_must_be_printed_and_not_only_asked_for() -> None:
    assert kinds(source.flaws("{% if own_words %}x{% endif %}", ["own_words"])) == [("unused", "own_words", 1)]


def test_a_required_field_that_is_only_broken_is_not_called_missing_too() -> None:
    assert kinds(source.flaws("{{ own_words", ["own_words"])) == [("broken", "{{ own_words", 1)]


def test_all_flaws_are_named_at_once_in_the_order_of_lines() -> None:
    assert [flaw.line for flaw in source.flaws("{{ a }}\n{{ b }}\n\n}\n{% if c %}")] == [1, 2, 4, 5, 5]


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in (1..100000000) %}x{% endfor %}",
        "{% tablerow i in (1..100000000) %}{{ i }}{% endtablerow %}",
        "{% if place %}" * 1000 + "x" + "{% endif %}" * 1000,
        "{% if " + "place and " * 1500 + "place %}x{% endif %}",
        "{% if " + "(" * 5000 + "place" + ")" * 5000 + " %}x{% endif %}",
        "{% if " + "a" * 15_000 + "! %}x{% endif %}",
        "{% if " + " " * 15_000,
        "{{ " + "a[" * 5000 + "a" + "]" * 5000 + " }}",
        "{" * 20_000,
        "{%" * 10_000,
        "{{ x }}" * 2800,
        "x" * 20_001,
        "x" * 1_000_000,
        "{{ person }}" * 100_000,
    ],
    ids=lambda text: f"{text[:24].strip()}… of {len(text)}",
)
def test_safety_03_a_text_that_would_work_the_machine_is_refused(text: str) -> None:
    assert source.flaws(text)


def test_gaps_to_fill_are_found_and_real_brackets_are_not() -> None:
    found = source.blanks("On [date of arrest]\nthey said \\[sic\\], [ ] and [무슨 일이]")
    assert kinds(found) == [("blank", "[date of arrest]", 1), ("blank", "[무슨 일이]", 2)]


PIECES = st.sampled_from(
    ["Text. ", "\n\n", "- item\n", "*", "**"]
    + [f"{{{{ {field} }}}}" for field in ("person", "place", "institution", "introduction")]
    + ["\n\n{{ own_words }}\n\n"]
    + [f"{{% {tag} %}}" for tag in ("if place", "unless place", "if place or institution", "if place and own_words")]
    + ["{% if own_words %}", "{% elsif institution %}", "{% else %}", "{% endif %}", "{% endunless %}"]
)
OPTIONAL = ("institution", "introduction", "own_words", "place")


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_sound_text_can_be_read_whatever_is_missing(text: str) -> None:
    if source.flaws(text):
        return
    for given_fields in product((True, False), repeat=len(OPTIONAL)):
        missing = {field for field, filled in zip(OPTIONAL, given_fields, strict=True) if not filled}
        values = {field: "" if field in missing else value for field, value in EVERYTHING.items()}
        own = [block for block in source.blocks(text, values) if isinstance(block, Paragraph) and block.own]
        assert len(own) == ("{{ own_words }}" in text and "own_words" not in missing)


def test_safety_04_a_value_that_is_missing_is_named() -> None:
    with pytest.raises(MissingDetail, match="person") as missing:
        source.blocks("About {{ person }}.", {"person": ""})
    assert missing.value.field == "person"


@pytest.mark.parametrize("empty", ["", " ", "\u3000"])
def test_white_space_is_no_value(empty: str) -> None:
    with pytest.raises(MissingDetail):
        source.line("Dear {{ person }},", {"person": empty})


PLACES = [
    "{{ person }}", "**{{ person }}**", "*a {{ person }} b*", "- {{ person }}\n- b", "1. {{ person }}",
    "a\\\n{{ person }}",
]  # fmt: skip
# NUL and lone surrogates never get past the form; white space at the ends is cut.
VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool)
HOSTILE = st.sampled_from(
    ["{{7*7}}", "{% for %}", "# x", "- x", "1. x", "***", "*a*", "<script>alert(1)</script>", "</w:t></w:r>",
     "A & B <C>", "\ue000person\ue001", "\ue000own_words\ue001", "\\", "[a](b)", "`x`", "&amp;", "x\n\n- y"]
)  # fmt: skip


@settings(deadline=None)
@given(place=st.sampled_from(PLACES), value=VALUES | HOSTILE)
def test_safety_02_no_value_ever_becomes_markup(place: str, value: str) -> None:
    plain = source.blocks(place, {"person": "Nadia"})
    hostile = source.blocks(place, {"person": value})
    assert shape(hostile) == shape(plain)
    assert [block.text for block in hostile] == [block.text.replace("Nadia", value) for block in plain]


@settings(deadline=None)
@given(value=VALUES | HOSTILE)
def test_a_value_in_a_line_is_as_typed(value: str) -> None:
    typed = re.sub("[ \n]+", " ", value)
    assert source.line("About {{ person }}:", {"person": value}) == f"About {typed}:"


@settings(deadline=None)
@given(value=VALUES | HOSTILE)
def test_own_words_are_paragraphs_of_plain_runs(value: str) -> None:
    blocks = source.blocks("a\n\n{{ own_words }}\n\nb", {"own_words": value})
    own = [block for block in blocks if isinstance(block, Paragraph) and block.own]
    assert all(block.runs == (Run(block.text),) for block in own)
    assert "".join("".join(block.text for block in own).split()) == "".join(value.split())


def shape(blocks: tuple[Any, ...]) -> list[Any]:
    """The blocks without their words."""
    lines = [block.items if isinstance(block, ItemList) else (block.runs,) for block in blocks]
    return [[[(run.strong, run.emphasis) for run in runs] for runs in items] for items in lines]


def test_own_words_keep_their_paragraphs_and_lines() -> None:
    blocks = source.blocks("{{ own_words }}", {"own_words": "One\ntwo\n\n \nThree"})
    assert [block.text for block in blocks] == ["One\ntwo", "Three"]


def test_markdown_is_paragraphs_lists_and_emphasis_and_nothing_else() -> None:
    blocks = source.blocks("# **Bold** *soft* [a](b) <b>\n\n- one\n  - two\n\n> `x`", {})
    assert [type(block) for block in blocks] == [Paragraph, ItemList, Paragraph]
    assert blocks[0].text == "# Bold soft [a](b) <b>"
    assert blocks[1].text == "one\ntwo"
    assert blocks[2].text == "> `x`"


def test_the_fields_of_sound_texts_are_known() -> None:
    assert source.fields("{{ person }}", "{% if place %}{{ place }}{% endif %}") == {"person", "place"}


def test_every_kind_of_flaw_is_reached_by_a_text_here() -> None:
    texts = ["{{ x }}", "{", "{{ place }}", "a {{ own_words }}", "{{ own_words }}\n\n{{ own_words }}", "x" * 20_001]
    found = {flaw.kind for text in texts for flaw in source.flaws(text)}
    found |= {flaw.kind for flaw in source.flaws("{{ introduction }}", one_line=True)}
    found |= {flaw.kind for flaw in source.flaws("", ["own_words"])}
    found |= {flaw.kind for flaw in source.flaws("{% if place %}" * 6 + "{% endif %}" * 6)}
    found |= {flaw.kind for flaw in source.blanks("[x]")}
    assert found == set(FlawKind)
