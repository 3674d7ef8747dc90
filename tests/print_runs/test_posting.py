"""After the evening: what was posted is marked, all at once, by ticks or by references, and undone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from campaign_app.groups.models import Group
from campaign_app.letters.models import LetterStatus
from campaign_app.people.models import Role
from tests.databases import on_both_databases
from tests.print_runs.conftest import Runs, pictures, texts

pytestmark = on_both_databases


def mark(runs: Runs, run_id: int, action: str, **fields: Any) -> TestResponse:
    data = {"day": runs.today.isoformat(), "action": action, **fields}
    return runs.client.post(f"/desk/runs/{run_id}/posted", data=data, follow_redirects=True)


def statuses(runs: Runs, run_id: int) -> list[str]:
    return [letter.status.value for letter in runs.letters(run_id)]


def undo(runs: Runs, run_id: int, page: str) -> TestResponse:
    found = re.search(r'name="act" value="([^"]+)"', page)
    assert found
    return runs.client.post(f"/desk/runs/{run_id}/posted/undo", data={"act": found[1]}, follow_redirects=True)


def test_all_letters_are_marked_at_once_and_that_is_undone(runs: Runs) -> None:
    run_id = runs.made()
    page = mark(runs, run_id, "all").text
    assert "3 letters are marked as posted." in page
    assert {letter.posted_on for letter in runs.letters(run_id)} == {runs.today}
    assert "3 letters are as they were before." in undo(runs, run_id, page).text
    assert statuses(runs, run_id) == ["made"] * 3


def test_those_that_are_ticked_are_marked(runs: Runs) -> None:
    run_id = runs.made()
    first, _, last = runs.letters(run_id)
    mark(runs, run_id, "ticked", letters=[first.id, last.id])
    assert statuses(runs, run_id) == ["posted", "made", "posted"]


def test_with_nothing_ticked_or_typed_nothing_is_marked(runs: Runs) -> None:
    run_id = runs.made()
    assert "Tick the letters that were posted first." in mark(runs, run_id, "ticked").text
    assert "Type the references" in mark(runs, run_id, "typed", references=" ").text
    assert statuses(runs, run_id) == ["made"] * 3


def test_references_are_understood_as_people_write_them(runs: Runs) -> None:
    run_id = runs.made()
    first, second, _ = (letter.reference for letter in runs.letters(run_id))
    typed = f"{first.lower().replace('-', '')}, {second.replace('0', 'O').replace('1', 'l')}"
    assert "2 letters are marked as posted." in mark(runs, run_id, "typed", references=typed).text
    assert statuses(runs, run_id) == ["posted", "posted", "made"]


def test_the_links_that_a_scanner_reads_are_understood(runs: Runs) -> None:

    run_id = runs.made()
    codes = [zxingcpp.read_barcodes(page)[0].text for page in pictures(runs.file(run_id), dpi=300)]
    mark(runs, run_id, "typed", references="\n".join(codes[1:]))
    assert statuses(runs, run_id) == ["made", "posted", "posted"]


def test_a_phone_that_scans_a_letters_code_marks_it(app: Flask, runs: Runs) -> None:

    run_id = runs.made()
    [code] = zxingcpp.read_barcodes(pictures(runs.file(run_id), dpi=300)[0])
    path = re.sub(r"^https?://[^/]+", "", code.text)
    phone = app.test_client()
    assert "I posted it" in phone.get(path).text
    action = re.search(r'<form method="post" action="([^"]*)"', phone.get(path).text)
    phone.post(action[1] if action else path)
    assert statuses(runs, run_id)[0] == "posted"


@pytest.mark.parametrize("wrong", ["ZZZZ-ZZZZ", "https://example.org/l/AAAAAAAAAAAAAAAAAAAAAA"])
def test_a_reference_of_no_letter_of_the_run_is_named_and_nothing_is_marked(runs: Runs, wrong: str) -> None:
    run_id, other = runs.made(), runs.made()
    mine, theirs = runs.letters(run_id)[0].reference, runs.letters(other)[0].reference
    answer = mark(runs, run_id, "typed", references=f"{mine} {theirs} {wrong}")
    assert answer.status_code == 422
    assert theirs in answer.text
    assert wrong in answer.text
    assert statuses(runs, run_id) == ["made"] * 3


def test_what_was_not_posted_is_released_and_no_longer_counts(runs: Runs) -> None:
    run_id = runs.made()
    mark(runs, run_id, "ticked", letters=[runs.letters(run_id)[0].id])
    page = mark(runs, run_id, "release").text
    assert "2 letters are released: they no longer count." in page
    assert statuses(runs, run_id) == ["posted", "void", "void"]
    assert "1 of 1 letters are marked as posted. 2 are released." in runs.page(run_id)
    undo(runs, run_id, page)
    assert statuses(runs, run_id) == ["posted", "made", "made"]


def test_undo_takes_back_one_act_and_not_what_was_done_since(runs: Runs) -> None:
    run_id = runs.made()
    first, second, _ = runs.letters(run_id)
    page = mark(runs, run_id, "ticked", letters=[first.id]).text
    mark(runs, run_id, "ticked", letters=[second.id])
    undo(runs, run_id, page)
    undo(runs, run_id, page)
    assert statuses(runs, run_id) == ["made", "posted", "made"]


@pytest.mark.parametrize("later", [1, -5, None])
def test_a_day_on_which_no_letter_can_have_been_posted_is_refused(runs: Runs, later: int | None) -> None:
    run_id = runs.made()
    day = "" if later is None else str(runs.today + timedelta(days=later))
    assert mark(runs, run_id, "all", day=day).status_code == 422
    assert statuses(runs, run_id) == ["made"] * 3


def test_safety_23_two_people_mark_the_same_letter_one_wins_and_the_other_is_told(
    runs: Runs, sign_in: Any, group: Group
) -> None:
    run_id = runs.made()
    second: FlaskClient = sign_in(Role.ORGANIZER, group, "second@example.org")
    first = runs.letters(run_id)[0]
    mark(runs, run_id, "ticked", letters=[first.id])
    page = mark(replace(runs, client=second), run_id, "ticked", letters=[first.id]).text
    assert "0 letters are marked as posted." in page
    assert "1 had been marked before, perhaps by somebody else" in page
    assert 'name="act"' not in page
    assert statuses(runs, run_id) == ["posted", "made", "made"]


def test_a_letter_of_another_run_is_not_marked_by_its_id(runs: Runs) -> None:
    run_id, other = runs.made(), runs.made()
    mark(runs, run_id, "ticked", letters=[runs.letters(other)[0].id])
    assert statuses(runs, other) == ["made"] * 3


def test_one_row_is_printed_again_exactly_as_it_was(runs: Runs) -> None:
    run_id = runs.made()
    before = runs.file(run_id)
    runs.change(lambda campaign: setattr(campaign, "person", "Somebody Else"))
    answer = runs.client.get(f"/desk/runs/{run_id}/rows/3/letters.pdf")
    assert texts(answer.data) == texts(before)[1:2]
    [again], was = pictures(answer.data), pictures(before)[1]
    assert again.size == was.size
    differing = sum(1 for a, b in zip(again.tobytes(), was.tobytes(), strict=True) if abs(a - b) > 16)
    assert differing <= again.width * again.height / 1000
    assert len(runs.letters(run_id)) == 3


def test_a_row_of_another_number_cannot_be_printed_again(runs: Runs) -> None:
    run_id = runs.made()
    assert runs.client.get(f"/desk/runs/{run_id}/rows/99/letters.pdf").status_code == 404
    checked = runs.checked(b"name\nA\n")
    assert runs.client.get(f"/desk/runs/{checked}/rows/2/letters.pdf").status_code == 409


def test_the_list_of_a_long_run_has_pages(runs: Runs) -> None:
    run_id = runs.made(source="guests", guests="120")
    page = runs.page(run_id, "/posted")
    assert "Page 1 of 2" in page
    assert page.count('name="letters"') == 100
    assert runs.page(run_id, "/posted?page=2").count('name="letters"') == 20
    assert {letter.status for letter in runs.letters(run_id)} == {LetterStatus.MADE}
