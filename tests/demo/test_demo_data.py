"""The demonstration section as it lies in its files, before anything is loaded."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from campaign_app.characters import cleaned
from campaign_app.letters.letter import Paragraph
from campaign_app.texts import source
from campaign_app.texts.fields import ALWAYS_FILLED, FIELDS, OWN_WORDS, VANISH_WHEN_EMPTY

DEMO = Path(source.__file__).parents[1] / "demo"
SECTION: dict[str, Any] = tomllib.loads((DEMO / "section.toml").read_text(encoding="utf-8"))
CAMPAIGNS: dict[str, dict[str, Any]] = {campaign["slug"]: campaign for campaign in SECTION["campaign"]}
TARGETS: dict[str, dict[str, Any]] = {target["key"]: target for target in SECTION["target"]}
TEXTS = sorted((DEMO / "texts").glob("*.md"))
PICTURES = [campaign for campaign in SECTION["campaign"] if "image" in campaign]

KINDS = {"urgent_action", "case", "write_for_rights", "petition", "solidarity"}
THEMES = {
    "freedom_of_expression", "torture", "death_penalty", "womens_rights", "unfair_laws", "health_in_detention",
    "minorities", "refugees", "environment", "other",
}  # fmt: skip
OFFICES = {
    "head_of_state", "head_of_government", "minister", "ambassador", "attorney_general", "judge", "prison_director",
    "police_chief", "governor", "mayor", "member_of_parliament", "commander", "authority", "person",
}  # fmt: skip
WORDS = range(150, 211)  # an English letter of this length leaves room for addresses and own words on one page
LARGEST_PICTURE = 40 * 1024  # bytes
PNG = b"\x89PNG\r\n\x1a\n"


def read_text(path: Path) -> tuple[dict[str, str], str]:
    """The front matter and the body of a text."""
    _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(front), body.strip()


def campaign_of(path: Path) -> dict[str, Any]:
    return CAMPAIGNS[path.name.split(".")[0]]


def languages_of(slug: str) -> set[str]:
    return {path.name.split(".")[1] for path in TEXTS if path.name.startswith(f"{slug}.")}


def test_the_section_has_groups_of_different_languages_and_status() -> None:
    groups = SECTION["group"]
    assert len(groups) >= 3
    assert len({group["slug"] for group in groups}) == len({group["number"] for group in groups}) == len(groups)
    assert {group["status"] for group in groups} <= {"registered", "provisional", "dormant"}
    assert {language for group in groups for language in group["languages"]} >= {"en", "ko"}


def test_returned_mail_finds_its_way_to_every_group() -> None:
    for group in SECTION["group"]:
        assert group["return_address"][-1].startswith(f"{group['city'].upper()}, ")
        assert group["return_address"][-1].endswith(", KOREA")


def test_each_account_belongs_to_a_group_or_serves_the_section() -> None:
    groups = {group["slug"] for group in SECTION["group"]}
    for account in SECTION["account"]:
        assert account["email"].endswith("@example.org")
        assert account["role"] in (("organizer", "member") if account["group"] in groups else ("staff",))
    assert len({account["email"] for account in SECTION["account"]}) == len(SECTION["account"]) >= 4


def test_the_campaigns_are_of_every_kind() -> None:
    assert len(CAMPAIGNS) == len(SECTION["campaign"]) >= 6
    assert {campaign["kind"] for campaign in CAMPAIGNS.values()} == KINDS
    assert {campaign["theme"] for campaign in CAMPAIGNS.values()} <= THEMES
    assert Counter(campaign["status"] for campaign in CAMPAIGNS.values()) == {"open": 6, "suspended": 1, "closed": 1}


@pytest.mark.parametrize("campaign", SECTION["campaign"], ids=list(CAMPAIGNS))
class TestEachCampaign:
    def test_tells_its_story_and_demands(self, campaign: dict[str, Any]) -> None:
        assert 120 <= len(campaign["story"].split()) <= 200
        assert 2 <= len(campaign["demands"]) <= 4

    def test_belongs_to_a_group_of_the_section_or_to_all_of_it(self, campaign: dict[str, Any]) -> None:
        assert campaign["group"] in {"", *(group["slug"] for group in SECTION["group"])}

    def test_writes_to_targets_in_the_directory(self, campaign: dict[str, Any]) -> None:
        assert campaign["targets"]
        assert not set(campaign["targets"]) - set(TARGETS)

    def test_has_texts_in_english_and_korean(self, campaign: dict[str, Any]) -> None:
        assert languages_of(campaign["slug"]) >= {"en", "ko"}

    def test_says_why_it_takes_no_letters(self, campaign: dict[str, Any]) -> None:
        assert (campaign["status"] == "open") != ("closed_note" in campaign)
        assert (campaign["status"] == "closed") == ("closed_reason" in campaign)

    def test_opens_before_it_ends(self, campaign: dict[str, Any]) -> None:
        assert campaign["opens_in_days"] <= 0
        assert campaign["opens_in_days"] < campaign.get("post_by_in_days", 1)
        assert campaign["status"] == "closed" or campaign.get("post_by_in_days", 1) > 0

    def test_tells_only_what_happened_since_it_opened(self, campaign: dict[str, Any]) -> None:
        assert all(0 <= update["days_ago"] <= -campaign["opens_in_days"] for update in campaign["updates"])

    def test_has_made_letters_only_while_it_was_open_and_in_its_own_languages(self, campaign: dict[str, Any]) -> None:
        made = SECTION["made"][campaign["slug"]]
        weeks = len(made["weeks"]) + made.get("ended_weeks_ago", 0)
        assert 7 * weeks <= -campaign["opens_in_days"]
        assert 0 <= made["posted_share"] <= 1
        assert set(made["languages"]) == languages_of(campaign["slug"])
        assert sum(made["languages"].values()) == pytest.approx(1)


def test_one_campaign_has_no_last_day_and_one_forbids_phrases() -> None:
    assert any("post_by_in_days" not in campaign for campaign in CAMPAIGNS.values())
    assert any(len(campaign["safety"]["forbidden_phrases"]) == 2 for campaign in CAMPAIGNS.values())


def test_an_appeal_to_egypt_can_be_written_in_arabic_to_two_targets_and_their_embassy() -> None:
    [campaign] = [c for c in CAMPAIGNS.values() if (c["country"], c["kind"]) == ("EG", "urgent_action")]
    assert languages_of(campaign["slug"]) == {"en", "ko", "ar", "fr"}
    assert [TARGETS[key]["role"] for key in campaign["targets"]] == ["to", "to"]
    embassies = [
        t for t in TARGETS.values() if (t["role"], t.get("represents"), t["country"]) == ("embassy", "EG", "KR")
    ]
    assert len(embassies) == 1


def test_the_targets_live_in_many_countries() -> None:
    assert len(TARGETS) == len(SECTION["target"]) >= 22
    assert len({target["country"] for target in TARGETS.values()}) >= 14
    assert "ER" not in {target["country"] for target in TARGETS.values()}  # left for whoever tries the directory out


@pytest.mark.parametrize("target", SECTION["target"], ids=list(TARGETS))
class TestEachTarget:
    def test_is_an_office_with_a_postal_address(self, target: dict[str, Any]) -> None:
        assert target["office"] in OFFICES
        assert target["role"] in {"to", "copy", "embassy"}
        assert all(target[key] for key in ("position", "institution", "lines", "country", "languages"))

    def test_was_verified_this_year_unless_it_says_that_it_was_not(self, target: dict[str, Any]) -> None:
        if target["notes"] == "Address to be verified.":
            assert "verified_on" not in target
        else:
            assert date(2026, 1, 1) <= target["verified_on"] <= date(2026, 12, 31)

    def test_represents_a_country_where_it_is_an_embassy(self, target: dict[str, Any]) -> None:
        assert target["role"] != "embassy" or len(target["represents"]) == 2

    def test_is_greeted_once_in_each_language(self, target: dict[str, Any]) -> None:
        greetings = target.get("greeting", [])
        assert len({greeting["language"] for greeting in greetings}) == len(greetings)
        assert all(greeting["salutation"] and greeting["closing"] for greeting in greetings)


def test_a_letter_within_korea_names_the_office_with_one_honorific() -> None:
    for target in TARGETS.values():
        if target["country"] == "KR":
            assert target["native_lines"][-1].endswith(("귀중", "귀하"))
            assert sum(line.count("귀중") + line.count("귀하") for line in target["native_lines"]) == 1
    assert TARGETS["korea-minister-justice"]["native_lines"][-1].endswith("귀중")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
class TestEachText:
    def test_belongs_to_a_campaign(self, path: Path) -> None:
        assert path.name.split(".")[0] in CAMPAIGNS
        assert set(read_text(path)[0]) == {"subject", "salutation", "closing"}

    def test_is_sound(self, path: Path) -> None:
        front, body = read_text(path)
        required = () if campaign_of(path)["kind"] == "petition" else (OWN_WORDS,)
        assert source.flaws(body, required) == []
        assert [flaw for line in front.values() for flaw in source.flaws(line, one_line=True)] == []

    def test_leaves_no_gap_for_anyone_to_fill(self, path: Path) -> None:
        assert source.blanks(path.read_text(encoding="utf-8")) == []

    def test_has_its_writers_words_near_the_end_unless_it_is_a_petition(self, path: Path) -> None:
        blocks = source.blocks(read_text(path)[1], dict.fromkeys(FIELDS, "x"))
        own = [isinstance(block, Paragraph) and block.own for block in blocks]
        assert own.count(True) == (campaign_of(path)["kind"] != "petition")
        assert not any(own) or own[-2]

    def test_reads_on_where_its_writer_gives_nothing_but_a_name(self, path: Path) -> None:
        given = dict.fromkeys(ALWAYS_FILLED, "x") | dict.fromkeys(FIELDS - ALWAYS_FILLED, "")
        first = source.blocks(read_text(path)[1], given)[0].text
        assert first == first.strip()
        assert "  " not in first

    def test_keeps_to_the_campaigns_safety(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8").casefold()
        assert not [p for p in campaign_of(path)["safety"]["forbidden_phrases"] if p.casefold() in text]


@pytest.mark.parametrize("path", [p for p in TEXTS if p.suffixes[0] == ".en"], ids=lambda path: path.stem)
def test_an_english_letter_leaves_room_on_its_page(path: Path) -> None:
    values = dict.fromkeys(FIELDS, "x") | dict.fromkeys(VANISH_WHEN_EMPTY, "")
    assert sum(len(block.text.split()) for block in source.blocks(read_text(path)[1], values)) in WORDS


@pytest.mark.parametrize("path", [DEMO / "section.toml", *TEXTS], ids=lambda path: path.name)
def test_what_is_written_is_kept_as_it_is(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    assert cleaned(written) == written.strip()


@pytest.mark.parametrize("campaign", PICTURES, ids=lambda campaign: campaign["image"])
def test_a_picture_is_small_and_described_in_english_and_korean(campaign: dict[str, Any]) -> None:
    picture = DEMO / "images" / campaign["image"]
    assert picture.read_bytes().startswith(PNG)
    assert picture.stat().st_size <= LARGEST_PICTURE
    assert campaign["image_alt"]
    assert campaign["image_alt_ko"]


def test_every_picture_belongs_to_a_campaign() -> None:
    assert {path.name for path in (DEMO / "images").iterdir()} == {campaign["image"] for campaign in PICTURES}
