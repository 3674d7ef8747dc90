"""The texts we ship, read as data: complete, within the little language of letters, and safe to put on paper."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest

LETTER_TEMPLATES = Path(__file__).parents[2] / "letter_templates"

KINDS_IN_FIVE_LANGUAGES = ("urgent_action", "prisoner_of_conscience", "death_penalty", "follow_up")
KINDS = (
    *KINDS_IN_FIVE_LANGUAGES,
    "torture",
    "womens_rights",
    "unfair_law",
    "health_in_detention",
    "thank_you",
    "solidarity_card",
    "petition",
)
SHIPPED = [(kind, language) for kind in KINDS for language in ("en", "ko")]
SHIPPED += [(kind, language) for kind in KINDS_IN_FIVE_LANGUAGES for language in ("fr", "es", "ar")]
LETTERS = [(kind, language) for kind, language in SHIPPED if kind not in ("solidarity_card", "petition")]

LANGUAGES = (
    "en", "ko", "fr", "es", "ar", "fa", "he", "ru", "zh-Hans", "zh-Hant", "ja", "vi", "th", "my", "hi", "am", "pt",
    "de", "id",
)  # fmt: skip
OFFICES = (
    "head_of_state", "head_of_government", "minister", "ambassador", "attorney_general", "judge", "prison_director",
    "police_chief", "governor", "mayor", "member_of_parliament", "commander", "authority", "person",
)  # fmt: skip
LINKS = {"family", "friends", "visited", "lived", "born", "work"}

FRONT_MATTER = {"title", "subject", "salutation", "closing"}
FIELDS = {
    "person", "case_reference", "addressee", "position", "institution", "country", "introduction", "own_words",
    "writer", "place", "writer_country", "date", "post_by", "first_date", "first_reference",
}  # fmt: skip
MAY_BE_EMPTY = {
    "case_reference", "addressee", "institution", "place", "writer_country", "post_by", "first_date", "first_reference",
}  # fmt: skip

PLACEHOLDER = re.compile(r"\{\{ (\w+) \}\}")
TAG = re.compile(r"\{% (?:(if|unless) (\w+)|else|end(if|unless)) %\}")
GAP = re.compile(r"\[[^\[\]]+\]")  # what the organizer must fill
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MOST_GAPS = 3
LONGEST_ENGLISH = 220  # words that leave room on one A4 page at 11 pt for addresses, introduction and own words
WORDS = {"solidarity_card": (50, 120), "petition": (80, 150)}


@dataclass(frozen=True)
class Text:
    """One shipped file, its front matter parsed and its body as written."""

    front: dict[str, str]
    body: str

    @property
    def everything(self) -> str:
        return "\n".join((*self.front.values(), self.body))

    @property
    def paragraphs(self) -> list[str]:
        return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", self.body.strip())]


def text(kind: str, language: str) -> Text:
    source = (LETTER_TEMPLATES / f"{kind}.{language}.md").read_text(encoding="utf-8")
    before, front, body = source.split("+++\n", 2)
    assert not before
    return Text(tomllib.loads(front), body)


def table(name: str) -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((LETTER_TEMPLATES / name).read_text(encoding="utf-8"))


def test_every_kind_is_shipped_in_its_languages_and_nothing_else() -> None:
    names = {path.name for path in LETTER_TEMPLATES.glob("*.md")}
    assert names == {f"{kind}.{language}.md" for kind, language in SHIPPED}


@pytest.mark.parametrize(("kind", "language"), SHIPPED)
class TestEveryText:
    def test_front_matter_is_complete(self, kind: str, language: str) -> None:
        front = text(kind, language).front
        assert set(front) == FRONT_MATTER
        assert all(value == value.strip() != "" for value in front.values())

    def test_title_is_plain_words(self, kind: str, language: str) -> None:
        assert not re.search(r"[{}\[\]]", text(kind, language).front["title"])

    def test_only_known_fields_and_conditions_appear(self, kind: str, language: str) -> None:
        everything = text(kind, language).everything
        assert set(PLACEHOLDER.findall(everything)) <= FIELDS
        assert {field for _, field, _ in TAG.findall(everything) if field} <= FIELDS
        assert not re.search(r"[{}]", TAG.sub("", PLACEHOLDER.sub("", everything)))

    def test_conditions_are_closed_in_the_piece_that_opens_them(self, kind: str, language: str) -> None:
        shipped = text(kind, language)
        for piece in (*shipped.front.values(), *shipped.paragraphs):
            opened: list[str] = []
            for opens, _, closes in TAG.findall(piece):
                if opens:
                    opened.append(opens)
                elif closes:
                    assert opened.pop() == closes
                else:
                    assert opened
            assert not opened

    def test_what_may_be_empty_is_never_printed_bare(self, kind: str, language: str) -> None:
        shown = re.sub(r"\{% (if|unless) .*?\{% end\1 %\}", "", text(kind, language).everything)
        assert not MAY_BE_EMPTY & set(PLACEHOLDER.findall(shown))

    def test_the_organizer_has_few_gaps_to_fill(self, kind: str, language: str) -> None:
        everything = text(kind, language).everything
        assert len(GAP.findall(everything)) <= MOST_GAPS
        assert not re.search(r"[\[\]]", GAP.sub("", everything))

    def test_a_gap_is_no_link(self, kind: str, language: str) -> None:
        assert not re.search(r"\]\(|^\[[^\]]*\]:", text(kind, language).body, re.MULTILINE)

    def test_a_paragraph_is_one_line_and_a_list_stands_apart(self, kind: str, language: str) -> None:
        for paragraph in text(kind, language).paragraphs:
            lines = paragraph.split("\n")
            assert len(lines) == 1 or all(re.match(r"- |\d+\. ", line) for line in lines)

    def test_nothing_else_of_markdown_or_html_appears(self, kind: str, language: str) -> None:
        assert not re.search(
            r"^\s*(#|>|```|\||---|===|\* |\+ )|[<>`_\\]|!\[|&\w+;",
            TAG.sub("", PLACEHOLDER.sub("", text(kind, language).body)),
            re.M,
        )

    def test_own_words_stand_alone_near_the_end(self, kind: str, language: str) -> None:
        shipped = text(kind, language)
        at = [n for n, paragraph in enumerate(shipped.paragraphs) if "own_words" in paragraph]
        if kind == "petition":
            assert not at
        else:
            assert shipped.paragraphs[-2] == "{{ own_words }}"
            assert at == [len(shipped.paragraphs) - 2]

    def test_no_control_character_steers_the_direction_of_writing(self, kind: str, language: str) -> None:
        assert not BIDI_CONTROLS.search(text(kind, language).everything)

    def test_characters_are_composed(self, kind: str, language: str) -> None:
        assert unicodedata.is_normalized("NFC", text(kind, language).everything)


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_a_letter_introduces_its_writer_and_reads_well_without(kind: str, language: str) -> None:
    paragraphs = text(kind, language).paragraphs
    introduced = [paragraph for paragraph in paragraphs if "introduction" in paragraph]
    assert introduced == [
        paragraph for paragraph in paragraphs[:2] if re.match(r"\{\{ introduction \}\} \S", paragraph)
    ]
    assert len(introduced) == 1


@pytest.mark.parametrize("kind", ["solidarity_card", "petition"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_card_and_a_petition_introduce_nobody(kind: str, language: str) -> None:
    assert "introduction" not in text(kind, language).everything


@pytest.mark.parametrize("kind", KINDS)
def test_an_english_text_leaves_room_on_its_page(kind: str) -> None:
    least, most = WORDS.get(kind, (150, LONGEST_ENGLISH))
    assert least <= len(PLACEHOLDER.sub("x", text(kind, "en").body).split()) <= most


@pytest.mark.parametrize("kind", KINDS)
def test_korean_particles_do_not_depend_on_a_name(kind: str) -> None:
    everything = text(kind, "ko").everything
    assert not re.search(r"\}\}\s?(은|는|이|가|을|를|과|와|으로|로|이나|나|이라|라)(?=\s|[.,]|$)", everything)
    assert not re.search(r"\}\}[가-힣]", everything)


@pytest.mark.parametrize("kind", KINDS_IN_FIVE_LANGUAGES)
def test_french_words_that_elide_do_not_stand_before_a_name(kind: str) -> None:
    everything = text(kind, "fr").everything
    assert not re.search(
        r"\b(de|que|le|la|je|me|te|se|ne|ce|si|jusque|lorsque|puisque) \{\{", everything, re.IGNORECASE
    )


@pytest.mark.parametrize("kind", KINDS_IN_FIVE_LANGUAGES)
def test_french_punctuation_is_not_left_at_the_start_of_a_line(kind: str) -> None:
    assert not re.search(r"\S [:;!?](\s|$)", text(kind, "fr").everything)


@pytest.mark.parametrize("kind", KINDS_IN_FIVE_LANGUAGES)
def test_arabic_particles_are_not_joined_to_a_name(kind: str) -> None:
    assert not re.search(r"[\u0621-\u064a]\{\{", text(kind, "ar").everything)


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_office_is_greeted_and_taken_leave_of_in_every_language(office: str, language: str) -> None:
    greeting = table("salutations.toml")[office][language]
    assert set(greeting) == {"salutation", "closing"}
    assert all(value == value.strip() != "" for value in greeting.values())
    assert not re.search(r"[{}\[\]<>]", "".join(greeting.values()))


def test_no_other_office_or_language_is_greeted() -> None:
    greeted = {office: set(greetings) for office, greetings in table("salutations.toml").items()}
    assert greeted == {office: set(LANGUAGES) for office in OFFICES}


def test_every_language_introduces_writers() -> None:
    assert set(table("introductions.toml")) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
class TestEveryIntroduction:
    def test_all_patterns_are_there(self, language: str) -> None:
        patterns = table("introductions.toml")[language]
        patterns_and_examples = {
            "nationality", "occupation", "nationality_and_occupation", "nationality_example", "occupation_example",
        }  # fmt: skip
        assert set(patterns) == patterns_and_examples | {"links"}
        assert set(patterns["links"]) == LINKS

    @pytest.mark.parametrize(
        ("key", "slots"),
        [
            ("nationality", ["nationality"]),
            ("occupation", ["occupation"]),
            ("nationality_and_occupation", ["nationality", "occupation"]),
            ("nationality_example", []),
            ("occupation_example", []),
        ],
    )
    def test_a_pattern_says_each_detail_once(self, language: str, key: str, slots: list[str]) -> None:
        pattern = str(table("introductions.toml")[language][key])
        assert sorted(re.findall(r"\{(\w+)\}", pattern)) == slots
        assert not re.search(r"[{}]", re.sub(r"\{\w+\}", "", pattern))

    def test_sentences_end_as_the_language_ends_them(self, language: str) -> None:
        stops = {"zh-Hans": "。", "zh-Hant": "。", "ja": "。", "my": "။", "hi": "।", "am": "።", "th": ""}
        patterns = table("introductions.toml")[language]
        whole = [patterns[key] for key in ("nationality", "occupation", "nationality_and_occupation")]
        assert all(str(s).endswith(stops.get(language, ".")) for s in (*whole, *patterns["links"].values()))


@pytest.mark.parametrize("name", ["salutations.toml", "introductions.toml"])
def test_tables_hold_composed_characters_and_no_control_of_direction(name: str) -> None:
    source = (LETTER_TEMPLATES / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", source)
    assert not BIDI_CONTROLS.search(source)
