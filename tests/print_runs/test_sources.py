"""Where the writers of a run come from, and in which language each of them writes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from xlsxwriter import Workbook

from campaign_app.campaigns.models import Campaign, Kind, Status
from campaign_app.db import db
from campaign_app.people.models import Consent, Person
from campaign_app.print_runs import sources
from campaign_app.print_runs.models import PrintRun, RunRow
from tests.databases import on_both_databases
from tests.print_runs.conftest import HEADER, ROWS, Runs, add_text, roster, texts

AddPeople = Callable[..., None]


def workbook(*rows: str) -> bytes:
    book = Workbook(content := io.BytesIO(), {"strings_to_numbers": False})
    sheet = book.add_worksheet()
    for number, row in enumerate((HEADER, *rows)):
        sheet.write_row(number, 0, row.split(","))
    book.close()
    return content.getvalue()


def languages(runs: Runs, run_id: int) -> list[str]:
    return [row.language for row in runs.rows(run_id)]


@on_both_databases
@pytest.mark.parametrize("content", [roster(), workbook(*ROWS), roster().decode().encode("utf-16")])
def test_a_roster_becomes_a_letter_for_each_row(runs: Runs, content: bytes) -> None:
    pages = texts(runs.file(runs.made(content)))
    assert len(pages) == 3
    assert all(name in page for name, page in zip(("김솔빛", "Nour El Qamar", "Amina Castellan"), pages, strict=True))
    assert "I am Egyptian, and I am a nurse." in pages[1].replace("\n", " ")


def test_the_rows_of_a_roster_are_known_by_the_numbers_of_the_spreadsheet(runs: Runs) -> None:
    assert [row.number for row in runs.rows(runs.checked(roster()))] == [2, 3, 4]


def test_a_roster_itself_is_not_kept(runs: Runs) -> None:
    runs.checked(roster())
    files = [file for file in Path(runs.app.instance_path).rglob("*") if file.is_file()]
    assert [file.name for file in files if b"Dalmaji" in file.read_bytes()] == []


@on_both_databases
def test_people_who_agreed_and_belong_to_the_group_today_write(app: Flask, runs: Runs, add_people: AddPeople) -> None:
    add_people(["Clara", "abel"])
    add_people(["Silent"], agreed=False)
    add_people(["Former", "Unwilling"])
    with app.app_context():
        people = {person.name: person for person in db.session.scalars(select(Person))}
        people["Former"].memberships[0].ends_on = date.today() - timedelta(days=1)
        people["Unwilling"].consents[0].withdrawn_on = date.today()
        db.session.commit()
    rows = runs.rows(runs.made(source="people"))
    assert [row.writer.name for row in rows] == ["abel", "Clara"]
    assert all(row.person_id for row in rows)


def test_people_are_filtered_by_the_language_that_they_write(runs: Runs, add_people: AddPeople) -> None:
    add_people(["Clara"], ["es", "en"])
    add_people(["Minji"], ["ko"])
    rows = runs.rows(runs.checked(source="people", people_language="ko"))
    assert [row.writer.name for row in rows] == ["Minji"]
    assert "Nobody who agreed" in runs.prepare(source="people", people_language="fr").text


def test_without_anybody_who_agreed_there_is_no_run(app: Flask, runs: Runs) -> None:
    answer = runs.prepare(source="people")
    assert (answer.status_code, "has agreed to letters" in answer.text) == (422, True)
    with app.app_context():
        assert db.session.scalars(select(PrintRun)).all() == []


def test_where_nobody_agreed_yet_a_roster_is_proposed(runs: Runs, add_people: AddPeople) -> None:
    new = f"/desk/runs/new/{runs.campaign.slug}"
    assert _checked(runs.client.get(new).text) == "roster"
    add_people(["Clara"])
    assert _checked(runs.client.get(new).text) == "people"


def _checked(page: str) -> str:
    [tag] = [tag for tag in re.findall(r'<input[^>]*name="source"[^>]*>', page) if " checked" in tag]
    found = re.search(r'value="(\w+)"', tag)
    assert found
    return found[1]


def test_guests_get_letters_to_fill_in_by_hand(runs: Runs) -> None:
    run_id = runs.made(source="guests", guests="4", parts=["letters", "envelopes", "checklist"])
    pages = texts(runs.file(run_id))
    assert len(pages) == 4
    assert all("Name" in page and "Signature" in page for page in pages)
    assert "guest" in texts(runs.file(run_id, "checklist"))[0]
    assert len({letter.reference for letter in runs.letters(run_id)}) == 4


@pytest.mark.parametrize("guests", ["", "0", "1001", "many"])
def test_how_many_guests_must_be_said(runs: Runs, guests: str) -> None:
    assert runs.prepare(source="guests", guests=guests).status_code == 422


def test_a_text_that_prints_the_writers_name_is_refused_for_guests_before_anything_is_made(
    app: Flask, runs: Runs
) -> None:
    add_text(app, runs.campaign, "fr", "Je suis {{ writer }}.\n\n{{ own_words }}")
    answer = runs.prepare(source="guests", guests="3", language="fr")
    assert answer.status_code == 422
    assert "which guests cannot give" in answer.text
    with app.app_context():
        assert db.session.scalars(select(RunRow)).all() == []


def test_each_writes_in_the_first_of_their_languages_with_a_text_else_in_the_runs(
    app: Flask, runs: Runs, add_people: AddPeople
) -> None:
    for language in ("ko", "fr"):
        add_text(app, runs.campaign, language, f"{language} {{{{ person }}}}\n\n{{{{ own_words }}}}")
    rows = ["A,,,,,ko,,,", "B,,,,,th,,,", "C,,,,,,,,", "D,,,,,en,,,"]
    run_id = runs.made(roster(*rows), language="fr")
    assert languages(runs, run_id) == ["ko", "fr", "fr", "en"]
    assert [page.count("fr Nadia") for page in texts(runs.file(run_id))] == [0, 1, 1, 0]
    assert [letter.language for letter in runs.letters(run_id)] == ["ko", "fr", "fr", "en"]
    add_people(["Clara"], ["th", "ko", "en"])
    assert languages(runs, runs.checked(source="people", language="fr")) == ["ko"]


def test_the_groups_own_language_is_proposed(app: Flask, runs: Runs) -> None:
    add_text(app, runs.campaign, "ko", "{{ own_words }} {{ person }}")
    page = runs.client.get(f"/desk/runs/new/{runs.campaign.slug}").text
    assert '<option selected value="en">' in page
    with app.app_context():
        db.session.get_one(Campaign, runs.campaign.id).group.languages = ["ko", "en"]
        db.session.commit()
    assert '<option selected value="ko">' in runs.client.get(f"/desk/runs/new/{runs.campaign.slug}").text


@pytest.mark.parametrize("nationality", ["KR", "South Korea", "대한민국", "kr"])
def test_a_country_is_no_nationality_that_a_letter_can_say(runs: Runs, nationality: str) -> None:
    run_id = runs.made(roster(f"Minji,,Seoul,,,en,{nationality},teacher,"))
    [page] = texts(runs.file(run_id))
    assert "I am a teacher." in page
    assert "KR" not in page.replace("KOREA", "")
    assert runs.problems(run_id) == {2: [("nationality", "nationality")]}


def test_what_a_country_is_left_out_for_is_said_on_the_runs_page(runs: Runs) -> None:
    page = runs.page(runs.checked(roster("Minji,,Seoul,,,en,KR,teacher,")))
    assert "“South Korea” is a country, and is left out." in page
    assert "Make 1 letter" in page


def test_words_of_ones_own_without_a_place_in_the_text_are_named_not_dropped_silently(app: Flask, runs: Runs) -> None:
    add_text(app, runs.campaign, "ko", "석방해 주십시오.")
    run_id = runs.checked(roster("김솔빛,,,,,ko,,,제 말입니다.", "Amina,,,,,en,,,My words."))
    assert runs.problems(run_id) == {2: [("no place", "message")]}
    assert "no place for a writer’s own words" in runs.page(run_id)


def test_safety_17_columns_that_mean_nothing_are_named_and_ignored(runs: Runs) -> None:
    run_id = runs.checked(roster("A,staff,7", header="name,role,group_id"))
    assert "Columns that are not used: role, group_id" in runs.page(run_id)
    assert "7" not in str(runs.rows(run_id)[0].values)


def test_safety_17_the_same_roster_once_more_replaces_the_rows(runs: Runs) -> None:
    run_id = runs.checked(roster())
    for _ in range(2):
        answer = runs.prepare(roster(), at=f"/desk/runs/{run_id}/edit")
        assert answer.location == f"/desk/runs/{run_id}"
        runs.work()
    assert len(runs.rows(run_id)) == 3


@pytest.mark.parametrize("kind", [Kind.PETITION])
def test_a_petition_has_no_letters_to_print(runs: Runs, kind: Kind) -> None:
    runs.change(lambda campaign: setattr(campaign, "kind", kind))
    assert runs.client.get(f"/desk/runs/new/{runs.campaign.slug}").status_code == 404
    assert runs.prepare(roster()).status_code == 404


def test_a_campaign_that_is_closed_takes_no_run(runs: Runs) -> None:
    runs.change(lambda campaign: setattr(campaign, "status", Status.CLOSED))
    assert runs.prepare(roster()).status_code == 404


def test_staff_print_for_the_whole_section(runs: Runs, staff: FlaskClient, add_people: AddPeople) -> None:
    section = replace(runs, client=staff, group_id=0)
    assert "The whole section" in staff.get(f"/desk/runs/new/{runs.campaign.slug}").text
    add_people(["Clara"])
    for source in ({"content": roster()}, {"source": "people"}):
        run_id = section.made(**source)
        assert section.run(run_id).group_id is None
        assert {letter.group_id for letter in section.letters(run_id)} == {None}
        assert runs.client.get(f"/desk/runs/{run_id}").status_code == 404


def test_an_organizer_prints_for_no_section_and_no_other_group(
    runs: Runs, stranger: FlaskClient, add_people: AddPeople
) -> None:
    add_people(["Clara"])
    assert replace(runs, group_id=0).prepare(source="people").status_code == 422
    theirs = replace(runs, client=stranger).prepare(source="people")
    assert theirs.status_code == 422
    assert "Clara" not in theirs.text


def test_the_willing_are_counted_as_they_are_listed(app: Flask, runs: Runs, add_people: AddPeople) -> None:
    add_people(["Clara", "Abel"])
    add_people(["Silent"], agreed=False)
    with app.app_context():
        listed = sources.willing_people(runs.group_id, date.today())
        assert sources.count_of_willing(runs.group_id, date.today()) == len(listed) == 2
        assert db.session.query(Consent).count() == 2
