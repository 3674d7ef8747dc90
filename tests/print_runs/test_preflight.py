"""What an organizer sees before anything is made: counts, stamps, and every problem at its row."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.print_runs.models import GroupTariff, PrintRun, RowState, RunRow
from campaign_app.targets.models import Target
from campaign_app.texts.models import LetterText
from tests.databases import on_both_databases
from tests.print_runs.conftest import Runs, add_text, roster, texts

GOOD = "Amina Castellan,3 Jongno,Seoul,03100,KR,en,,,"
WORDS = "I think of Nadia every single day, and I ask you with all due respect to let her go home to her family now."


def facts(page: str) -> dict[str, str]:
    """What the page says will be printed."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.S)
    return {name: " ".join(re.sub(r"<[^>]*>", " ", value).split()) for name, value in pairs}


def change_target(app: Flask, **values: Any) -> None:
    with app.app_context():
        target = db.session.scalars(select(Target)).one()
        for name, value in values.items():
            setattr(target, name, value)
        db.session.commit()


@on_both_databases
def test_letters_sheets_envelopes_and_labels_are_counted(runs: Runs) -> None:
    parts = ["letters", "case sheet", "envelopes", "labels", "checklist"]
    said = facts(runs.page(runs.checked(roster(*[GOOD] * 30), parts=parts, first_label="5")))
    assert said["Writers"] == said["Letters"] == "30"
    assert said["Sheets of paper"] == "33 × A4"  # the letters, two pages of the checklist, the case sheet
    assert said["Envelopes"] == "30 × DL"
    assert said["Label sheets"] == "3 × L7163"  # 4 labels are used already


def test_the_sheets_that_are_counted_are_those_that_are_printed(runs: Runs) -> None:
    parts = ["letters", "case sheet", "labels", "checklist"]
    run_id = runs.checked(roster(*[GOOD] * 30), parts=parts, first_label="5")
    runs.post(run_id, "make")
    runs.work()
    pages = {part: len(texts(runs.file(run_id, part))) for part in parts}
    assert sum(pages.values()) == 33 + 3


def test_stamps_are_counted_by_zone_from_the_groups_own_tariff(app: Flask, runs: Runs) -> None:
    tariff = {
        "currency": "KRW", "zones-0-name": "Africa", "zones-0-countries": "Egypt, Chad", "zones-0-days": "10",
        "zones-0-steps": "10: 570, 20: 740", "zones-1-name": "", "zones-1-countries": "", "zones-1-steps": "",
    }  # fmt: skip
    assert runs.client.post("/desk/groups/group-48/postage", data=tariff).status_code == 303
    said = facts(runs.page(runs.checked(roster(GOOD, GOOD))))
    assert said["Stamps"] == "Africa: 2 × ₩570 ₩1,140 10 g each"
    with app.app_context():
        post_by = db.session.get_one(Campaign, runs.campaign.id).post_by
    assert post_by is not None
    assert said["Post by"].startswith(f"{post_by.day} ")
    assert "to arrive by then, Africa:" in said["Post by"]


def test_a_country_without_a_price_is_named(app: Flask, runs: Runs) -> None:
    with app.app_context():
        zone = {"name": "Asia", "countries": ["JP"], "steps": [[10, 430]], "days": None}
        db.session.add(GroupTariff(group_id=runs.group_id, currency="KRW", zones=[zone]))
        db.session.commit()
    assert "No postage is known for: Egypt." in runs.page(runs.checked(roster(GOOD)))


def test_without_a_tariff_the_page_leads_to_it(runs: Runs) -> None:
    page = runs.page(runs.checked(roster(GOOD)))
    assert "/desk/groups/group-48/postage" in page
    assert "/desk/groups/group-48/postage" in runs.client.get("/desk/groups/group-48").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"currency": "XXY"}, {"zones-0-countries": "Atlantis"}, {"zones-0-countries": ""}, {"zones-0-steps": "cheap"},
        {"zones-0-steps": ""}, {"zones-0-days": "91"}, {"currency": ""},
    ],
)  # fmt: skip
def test_a_tariff_that_means_nothing_is_refused(app: Flask, runs: Runs, wrong: dict[str, str]) -> None:
    tariff = {"currency": "KRW", "zones-0-name": "All", "zones-0-countries": "*", "zones-0-steps": "10: 570"}
    assert runs.client.post("/desk/groups/group-48/postage", data=tariff | wrong).status_code == 422
    with app.app_context():
        assert db.session.get(GroupTariff, runs.group_id) is None


@on_both_databases
@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("A𐎠𐎼,3 Jongno,Seoul,03100,KR,en,,,", ("unprintable", "name")),
        ("Amina,𐎠 3 Jongno,Seoul,03100,KR,en,,,", ("unprintable", "street")),
        (f"Amina,3 Jongno,Seoul,03100,KR,en,,,{'I must say this. ' * 220}", ("too long", "message")),
        ("Amina,3 Jongno,Seoul,03100,KR,en,,,Tell the Lantern Club.", ("forbidden", "message")),
        ('Amina,"' + "3 Jongno\n" * 25 + '",Seoul,03100,KR,en,,,', ("no room", "street")),
    ],
)
def test_every_problem_is_named_at_its_row_and_field_and_nothing_is_made(
    runs: Runs, row: str, problem: tuple[str, str]
) -> None:
    runs.change(lambda campaign: setattr(campaign, "forbidden_phrases", ["Lantern Club"]))
    run_id = runs.checked(roster(GOOD, row, GOOD), parts=["letters", "envelopes"], return_to="writer")
    assert [row.state for row in runs.rows(run_id)] == [RowState.READY, RowState.FAULTY, RowState.READY]
    assert problem in runs.problems(run_id)[3]
    assert "One row cannot be printed yet" in runs.page(run_id)
    assert runs.page(run_id, "/rows/3").count('class="error"') >= 1
    runs.post(run_id, "make")
    runs.work()
    assert runs.letters(run_id) == []


def test_safety_04_a_detail_that_the_text_needs_is_missed_at_its_row(app: Flask, runs: Runs) -> None:
    add_text(app, runs.campaign, "fr", "J’écris de {{ place }}.\n\n{{ own_words }}")
    run_id = runs.checked(roster("Amélie,,Seoul,,KR,fr,,,", "Jean,,,,KR,fr,,,"))
    assert runs.problems(run_id) == {3: [("missing", "city")]}
    assert "The letter needs “City”" in runs.page(run_id)
    assert "The letter needs “City”" in runs.page(run_id, "/rows/3")


def test_safety_04_a_letter_with_only_the_writers_words_needs_them(app: Flask, runs: Runs) -> None:
    with app.app_context():
        text = db.session.scalars(select(LetterText)).one()
        text.current.body = "{{ own_words }}"
        db.session.commit()
    assert runs.problems(runs.checked(roster(GOOD))) == {2: [("missing", "message")]}


def test_an_address_that_does_not_fit_label_window_or_envelope_is_named(app: Flask, runs: Runs) -> None:
    change_target(app, lines="\n".join(f"Line {number} of a long address" for number in range(9)))
    for part, plan in [("labels", {"label_sheet": "5160"}), ("letters", {"window": "US #10 (safe area)"})]:
        run_id = runs.checked(roster(GOOD), parts=[part], **_offered(runs, plan))
        [(kind, field)] = runs.problems(run_id)[2]
        assert (kind, field) == ({"labels": "no room", "letters": "window"}[part], "")


def _offered(runs: Runs, plan: dict[str, str]) -> dict[str, str]:
    """The plan with the name of the smallest window that the form offers."""
    if "window" not in plan:
        return plan
    page = runs.client.get(f"/desk/runs/new/{runs.campaign.slug}").text
    return {"window": re.findall(r'<option value="([^"]*#10[^"]*)"', page.split('name="window"')[1])[0]}


@on_both_databases
def test_words_that_are_almost_the_same_are_noted_and_do_not_stop_the_run(runs: Runs) -> None:
    rows = [f"Person {number},,Seoul,,KR,en,,,\"{words}\"" for number, words in enumerate(
        [WORDS, "Something else that only I could say about poems.", WORDS.replace("now.", "now!"), WORDS.upper()]
    )]  # fmt: skip
    run_id = runs.checked(roster(*rows))
    assert runs.problems(run_id) == {4: [("alike", "message")], 5: [("alike", "message")]}
    page = runs.page(run_id)
    assert "Says almost the same as row 2." in page
    assert "Make 4 letters" in page
    runs.client.post(f"/desk/runs/{run_id}/rows/2", data={"name": "Person 0", "message": "A poem is no crime."})
    runs.client.post(f"/desk/runs/{run_id}/rows/5", data={"name": "Person 3", "message": "She wrote; that is all."})
    runs.work()
    assert runs.problems(run_id) == {}


@pytest.mark.parametrize("value", ["{{7*7}}", "{% for %}", "# x", "***", "<script>", "</w:t></w:r>", "A & B <C>"])
def test_safety_02_what_was_typed_stands_on_paper_as_typed(runs: Runs, value: str) -> None:
    row = f'"{value}",,Seoul,,KR,en,,,"{value}"'
    [page] = texts(runs.file(runs.made(roster(row))))
    assert page.count(value) >= 2


@pytest.mark.parametrize("character", ["\0", "\x1b", "\ufffe"])
def test_safety_05_characters_that_no_paper_takes_are_refused_with_their_row(runs: Runs, character: str) -> None:
    answer = runs.prepare(roster(GOOD, f"Ami{character}na,,,,,,,,"))
    assert (answer.status_code, "3" in answer.text) == (422, True)


def test_safety_06_names_are_kept_in_one_form_without_direction_controls(runs: Runs) -> None:
    run_id = runs.checked(roster("\u202e\u1100\u1161\u11a8,,,,,,,,", "نور,,,,,,,,"))
    assert [row.writer.name for row in runs.rows(run_id)] == ["각", "نور"]


def test_safety_07_rare_names_are_printed_or_named_before(runs: Runs) -> None:
    rows = roster("U,,,,,,,,", f"{'Long ' * 58}Name,,,,,,,,", "𠮷野,,,,,,,,", "Smile 😀,,,,,,,,")
    run_id = runs.checked(rows)
    stopped = {row.number for row in runs.rows(run_id) if row.state is RowState.FAULTY}
    assert 2 not in stopped
    assert {kind for number in stopped for kind, _ in runs.problems(run_id)[number]} <= {"unprintable", "too long"}
    if stopped:
        runs.post(run_id, "leave-out")
    runs.post(run_id, "make")
    runs.work()
    assert len(texts(runs.file(run_id))) == 4 - len(stopped)


@pytest.mark.parametrize("name", ["e" + "\u0301" * 20_000, "x" * 1_000_000])
def test_safety_08_endless_values_are_refused_with_their_row(runs: Runs, name: str) -> None:
    assert runs.prepare(roster(f"{name},,,,,,,,")).status_code == 422


@pytest.mark.parametrize("encoding", ["cp949", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_safety_14_a_roster_is_read_in_its_encoding_and_shown(runs: Runs, encoding: str, separator: str) -> None:
    content = roster("김솔빛,노래로 40,서울,03720,KR,ko,,교사,").decode().replace(",", separator)
    page = runs.page(runs.checked(content.encode(encoding)))
    assert "The first rows, as they were read" in page
    assert "노래로 40, 서울, 03720" in page


def test_safety_14_what_was_detected_can_be_overridden(runs: Runs) -> None:
    wrong = runs.prepare(roster().decode().replace(",", ";").encode(), separator="tab")
    assert wrong.status_code == 422
    assert "If letters or columns come out wrong" in wrong.text
    assert len(runs.rows(runs.checked(roster().decode().replace(",", ";").encode(), separator="semicolon"))) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name,city\nA,Seoul\n,Seoul\n", "3"),
        (b"name,city\nA,Seoul,too many\n", "2"),
        (b"name,name\nA,B\n", "name"),
        (b"city\nSeoul\n", "name"),
        (b"name,country\nA,Atlantis\n", "Atlantis"),
        (b"", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ""),
        (b"PK\x03\x04 no workbook", ""),
    ],
)
def test_safety_15_a_broken_roster_is_refused_with_its_rows_and_nothing_is_stored(
    app: Flask, runs: Runs, content: bytes, said: str
) -> None:
    answer = runs.prepare(content)
    assert answer.status_code == 422
    assert said in answer.text
    with app.app_context():
        assert _stored() == []


def test_safety_15_one_broken_row_of_thousands_is_named_and_nothing_is_made(app: Flask, runs: Runs) -> None:
    rows = [f"Person {number},,Seoul,,KR,en,,," for number in range(5000)]
    rows[4321] = ",,Seoul,,KR,en,,,"
    answer = runs.prepare(roster(*rows))
    assert answer.status_code == 422
    assert "4323" in answer.text
    with app.app_context():
        assert _stored() == []


def _stored() -> list[Any]:
    return [*db.session.scalars(select(PrintRun)), *db.session.scalars(select(RunRow))]


def test_the_first_letter_is_shown_as_it_will_print(runs: Runs) -> None:
    run_id = runs.checked(roster())
    assert f'src="/desk/runs/{run_id}/rows/2/letter.png"' in runs.page(run_id)
    answer = runs.client.get(f"/desk/runs/{run_id}/rows/2/letter.png")
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_run_says_how_long_ago_and_for_whom(runs: Runs, add_people: Callable[..., None]) -> None:
    add_people(["Clara"])
    page = runs.page(runs.checked(source="people"))
    assert "People of the group who agreed to it" in page
    assert str(date.today().year) in page
