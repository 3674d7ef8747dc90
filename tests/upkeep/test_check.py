"""``campaign-app check`` names what does not hold."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from campaign_app import invariants
from campaign_app.campaigns.editing import picture_folder
from campaign_app.campaigns.models import Picture
from campaign_app.db import db, leave_no_trace
from campaign_app.people.models import Person
from campaign_app.privacy import tombstones
from campaign_app.stored_files import room
from campaign_app.stored_files.models import StoredFile
from tests.databases import SQLITE_FILE, on_both_databases
from tests.upkeep.conftest import Call

pytestmark = pytest.mark.usefixtures("full")


def run(*statements: str) -> Callable[[], None]:
    """Change the database behind the application's back."""

    def change() -> None:
        connection = db.engine.raw_connection().driver_connection
        assert connection
        connection.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            connection.execute(statement)
        connection.execute("PRAGMA foreign_keys=ON")

    return change


def twice(changed: str) -> Callable[[], None]:
    """A letter twice, in a table that lost what would have refused it."""
    return run(
        "CREATE TABLE copy AS SELECT * FROM letter", "DROP TABLE letter", "ALTER TABLE copy RENAME TO letter",
        "CREATE TABLE one AS SELECT * FROM letter WHERE id = 1",
        f"UPDATE one SET id = 3, {changed}",
        "INSERT INTO letter SELECT * FROM one",
    )  # fmt: skip


def change_document() -> None:
    row = db.session.query(StoredFile).one()
    room.file_of(row).write_bytes(b"something else")


def remove_document() -> None:
    room.file_of(db.session.query(StoredFile).one()).unlink()


def leave_document() -> None:
    stray(room.folder() / ("0" * 32))


def leave_picture() -> None:
    picture_folder().mkdir(exist_ok=True)
    stray(picture_folder() / f"{'0' * 32}.webp")


def stray(file: Path) -> None:
    file.write_bytes(b"left by a crash")
    os.utime(file, (time.time() - 7200,) * 2)


def lose_picture() -> None:
    db.session.add(Picture(campaign_id=1, file="gone.webp", sha256="", alternative="", width=1, height=1))
    db.session.commit()


def come_back() -> None:
    tombstones.remember(db.session.query(Person).one())


def a_run(state: str, *statements: str) -> Callable[[], None]:
    """A print run in that state, with what is wrong with it."""
    return run(
        "INSERT INTO print_run (id, campaign_id, source, state, key, choices, ignored_columns, created_at, expires_on) "
        f"VALUES (7, 1, 'GUESTS', '{state}', 'k', '{{}}', '[]', '2026-01-01', '2030-01-01')",
        *statements,
    )


def row(state: str) -> str:
    return (
        "INSERT INTO print_row (id, run_id, number, state, language, country, has_message) "
        f"VALUES (8, 7, 12, '{state}', 'en', 'KR', 0)"
    )


def run_letter(place: int) -> str:
    return f"INSERT INTO print_letter (id, run_id, row_id, target_id, place, kept) VALUES (9, 7, 8, 1, {place}, '')"


def a_batch(number: int) -> str:
    return (
        "INSERT INTO sheet_batch (id, petition_id, first, last, key, content, layout, versions, created_at, "
        f"printed_at) VALUES ({number}, 7, 1, 1, 'k', '', '{{}}', '{{}}', '2026-01-01', '2026-01-01')"
    )


SHEETS = (
    "INSERT INTO petition (id, campaign_id, code, opens_on, organizer, return_address, collect_within, created_at) "
    "VALUES (7, 1, 'S-P01', '2026-01-01', '', '', 14, '2026-01-01')",
    a_batch(7),
    "INSERT INTO taken_number VALUES ('S-P01', 3)",
)


def a_sheet(serial: str, number: int, *statements: str) -> Callable[[], None]:
    """A sheet of a batch that has but number 1."""
    return run(
        *SHEETS,
        "INSERT INTO sheet (id, petition_id, batch_id, number, serial, token_hash, status, reason, moved_at) "
        f"VALUES (7, 7, 7, {number}, '{serial}', 't', 'PRINTED', '', '2026-01-01')",
        *statements,
    )


def an_act(*statements: str) -> Callable[[], None]:
    """The act 7 on two letters, and what breaks it."""
    return run(
        "INSERT INTO act (id, at, how, before, after, count) VALUES (7, '2026-01-01', 'LIST', 'MADE', 'VOID', 2)",
        *statements,
    )


def moved(*statements: str, **values: str) -> Callable[[], None]:
    """A sheet that was issued and counted by two people, with what is wrong with it."""
    sheet = {"status": "'COUNTED'", "issue_id": "7", "standing": "'VERIFIED'", "raw": "1", "valid": "1", **values}
    return a_sheet(
        "S-P01-0001",
        1,
        "UPDATE sheet_batch SET layout = '{\"rows\": [1, 2, 3]}'",
        *(an_issue(number) for number in (7, 8)),
        a_step(1, "PRINTED", "NULL", "ISSUED", "7"),
        a_step(2, "ISSUED", "7", "COUNTED", "7"),
        a_count(1, 1),
        a_count(2, 1),
        "UPDATE sheet SET " + ", ".join(f"{name} = {value}" for name, value in sheet.items()),
        *statements,
    )


def a_reply(**values: str) -> Callable[[], None]:
    """The reply 7 to letter 1, which is no letter of group 99 and was not posted."""
    given = {
        "id": "7", "campaign_id": "1", "letter_id": "1", "kind": "'REFUSED'", "received_on": "'2026-01-01'",
        "form": "'f'", "recorded_at": "'2026-01-01'", "sender": "''", "language": "''", "text": "''",
        "translation": "''", "summary": "''",
    } | values  # fmt: skip
    return run(f"INSERT INTO reply ({', '.join(given)}) VALUES ({', '.join(given.values())})")


def a_wish(letter: int, *statements: str) -> Callable[[], None]:
    return run(
        "INSERT INTO wants_to_know (id, letter_id, email, email_index, stop_hash, language, keep_until) "
        f"VALUES (7, {letter}, '', '', 's', 'en', '2030-01-01')",
        *statements,
    )


def an_issue(number: int) -> str:
    return (
        "INSERT INTO sheet_issue (id, petition_id, collector, place, unattended, issued_at, key, token_hash) "
        f"VALUES ({number}, 7, '', '', 0, '2026-01-01', 'k', 'issue {number}')"
    )


def a_step(number: int, before: str, with_before: str, after: str, with_whom: str) -> str:
    return (
        "INSERT INTO sheet_event (id, sheet_id, act, before, after, issue_before, issue_id, reason, undoes, at) "
        f"VALUES ({number}, 7, 'a', '{before}', '{after}', {with_before}, {with_whom}, '', 0, '2026-01-01')"
    )


def a_count(turn: int, raw: int) -> str:
    return (
        "INSERT INTO sheet_count (id, sheet_id, turn, counted_at, raw, struck_out, illegible, blank, outside_dates, "
        f"not_eligible, duplicate) VALUES ({turn}, 7, {turn}, '2026-01-01', {raw}, 0, 0, 0, 0, 0, 0)"
    )


def a_scan(*statements: str) -> Callable[[], None]:
    """A page that was scanned, beside a pile without one."""
    pile = "INSERT INTO scan_pile (id, form, created_at, expires_on) VALUES ({0}, '{0}', '2026-01-01', '2030-01-01')"
    return run(
        pile.format(7), pile.format(8),
        "INSERT INTO scan_file (id, pile_id, place, digest, refused) VALUES (7, 7, 1, '', '')",
        "INSERT INTO scan_page (id, pile_id, file_id, number, error, reading) VALUES (7, 7, 7, 1, '', '{}')",
        *statements,
    )  # fmt: skip


def a_delivery(status: str, sheets: int = 1) -> str:
    return (
        "INSERT INTO delivery (id, petition_id, target_id, status, letter, sheets, raw, valid, packed_at, note) "
        f"VALUES (7, 7, 1, '{status}', '', {sheets}, 1, 1, '2026-01-01', '')"
    )


DESTROYED = "INSERT INTO sheet_destruction VALUES (7, 7, NULL, '2026-01-01', '', '', '', '2026-01-01')"
OTHER_PETITION = "INSERT INTO petition SELECT 9, group_id, campaign_id, 'S-P09', opens_on, closes_on, goal, organizer, "
OTHER_PETITION += "return_address, return_by, collect_within, created_at FROM petition"

BREACHES: list[tuple[str, Callable[[], None], str]] = [
    ("No letter is recorded twice", twice("form = 'x', reference = 'x'"), "letters 1 and 3, by token_hash"),
    ("No letter is recorded twice", twice("token_hash = 'x', reference = 'x'"),
     "letters 1 and 3, by form and target_id"),
    ("No letter is recorded twice", twice("token_hash = 'x', form = 'x'"), "letters 1 and 3, by reference"),
    ("A letter has the day of its posting once it is posted, and not before",
     run("UPDATE letter SET status = 'POSTED' WHERE id = 2"), "letter 2"),
    ("A letter is made from a text of its own campaign",
     run("INSERT INTO letter_text (id, campaign_id, language) VALUES (9, 9, 'en')",
         "UPDATE text_version SET text_id = 9"), "letter 1"),
    ("A kept letter belongs to a letter that was made",
     run("INSERT INTO kept_letter VALUES (99, x'00', '2030-01-01')"), "kept letter 99"),
    ("Each picture has its file, and each file its picture", lose_picture, "picture 1 has no file"),
    ("Each picture has its file, and each file its picture", leave_picture, f"files/{'0' * 32}.webp has no record"),
    ("Each stored document has its record, and each record its document, unchanged", change_document,
     "the document of stored file 1 was changed"),
    ("Each stored document has its record, and each record its document, unchanged", remove_document,
     "stored file 1 has no document"),
    ("Each stored document has its record, and each record its document, unchanged", leave_document,
     f"sealed/{'0' * 32} has no record"),
    ("The audit log is whole", run("UPDATE audit_entry SET action = 'nothing'"), "audit entry 1 was changed"),
    ("The audit log counts its entries", run("UPDATE audit_head SET length = 9"),
     "1 entries, and 9 are said to be there"),
    ("Every sealed value opens", run("UPDATE person SET name = 'gAAAAABnope'"), "person 1, name"),
    ("Nobody is here who asked to be deleted", come_back, "person 1"),
    ("Every row refers to rows that are there", run("UPDATE consent SET person_id = 99"),
     "consent 1 refers to no person"),
    ("No row refers across groups", a_run("FORGOTTEN", "UPDATE letter SET run_id = 7 WHERE id = 1"),
     "letter 1 and its print_run"),
    ("No decision has more voters than votes", run(
        "INSERT INTO decision (id, group_id, question, about, opened_on, closes_on) "
        "VALUES (5, 1, '', '', '2026-01-01', '2026-02-01')",
        "INSERT INTO decision_voter (decision_id, person_id) VALUES (5, 1)"), "decision 5"),
    ("No id is given out twice", run("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'person'"),
     "person counts from 0, and has 1"),
    ("A job that ended says when, and why where it failed", run(
        "INSERT INTO job (id, kind, state, reason, done, total, begun_with, attempts, created_at, ended_at) "
        "VALUES (1, 'x', 'FAILED', '', 0, 0, 0, 0, '2026-01-01', '2026-01-01')"), "job 1"),
    ("Each row of a run that was made is done or left out, or failed with a reason", a_run("MADE", row("READY")),
     "run 7, row 12 has no end"),
    ("Each row of a run that was made is done or left out, or failed with a reason", a_run("MADE", row("FAILED")),
     "run 7, row 12 failed without a reason"),
    ("Each letter of a run that was made is recorded, and no letter of one that was not",
     a_run("MADE", row("DONE"), run_letter(0)), "letter 9 of a run is not recorded"),
    ("Each letter of a run that was made is recorded, and no letter of one that was not",
     a_run("PREPARED", "UPDATE letter SET run_id = 7 WHERE id = 1"), "letter 1 is recorded before its run was made"),
    ("The letters of a run that is being made lie in the pile without gaps",
     a_run("MAKING", row("READY"), run_letter(1)), "run 7 lacks a letter"),
    ("The letters of a run that is being made lie in the pile without gaps",
     a_run("MAKING", "INSERT INTO print_chunk VALUES (9, 7, 1, 0, 1, '')"), "run 7 lacks a chunk"),
    ("No serial is given out twice", a_sheet("S-P01-0005", 5), "sheet 7 has a number that is still to be given"),
    ("No serial is given out twice", a_sheet("S-P02-0001", 1), "sheet 7 has the serial of another petition"),
    ("Each batch has the sheets that it was printed with, and no other", a_sheet("S-P01-0002", 2),
     "batch 7 has a sheet of another"),
    ("Each batch has the sheets that it was printed with, and no other", run(*SHEETS),
     "batch 7 lacks sheets, or has too many"),
    ("Each batch has the sheets that it was printed with, and no other", a_sheet("S-P01-0001", 1, a_batch(8)),
     "batch 7 and batch 8 share numbers"),
    ("A letter is what the act that marked it last made of it, and as made without one",
     run("UPDATE letter SET status = 'VOID' WHERE id = 1"), "letter 1"),
    ("An act counts the letters on which it was done",
     an_act("UPDATE letter SET marked_by = 7, status = 'VOID' WHERE id = 1"), "act 7 counts 2, and was done on 1"),
    ("No letter is posted before it is made",
     an_act("UPDATE letter SET marked_by = 7, status = 'VOID', posted_on = '2020-01-01' WHERE id = 1"), "letter 1"),
    ("Every counter equals what there is to count",
     run("INSERT INTO letter_tally VALUES ('country', 1, '2026-01-05', 0, 'KR', 1, 0, 0, 0, 0)"),
     "letters of country, 1, 2026-01-05, 0, KR"),
    ("Each page of a scan that was confirmed has its sheet, with a count",
     a_scan("UPDATE scan_page SET confirmed_at = '2026-01-01'"), "scan page 7 was confirmed and has no sheet"),
    ("Each scan belongs to the pile of its file, and its pictures to its group",
     a_scan("UPDATE scan_page SET pile_id = 8"), "scan page 7 is of another pile than its file"),
    ("The database counts letters as they come and go", run("DROP TRIGGER letter_tally_delete"),
     "a trigger is missing; see check --recount"),
    *(("Each sheet is where its last step left it, and with whom", breaks, named) for breaks, named in (
        (moved(status="'VOID'"), "sheet 7 is elsewhere"), (moved(issue_id="8"), "sheet 7 is elsewhere"),
        (a_sheet("S-P01-0001", 1, "UPDATE sheet SET status = 'VOID'"), "sheet 7 moved without a step"))),
    ("Each step of a sheet begins where the one before it ended",
     moved("UPDATE sheet_event SET before = 'VOID' WHERE id = 2"), "step 2 begins elsewhere"),
    ("Each step of a sheet begins where the one before it ended",
     moved("UPDATE sheet_event SET issue_before = 8 WHERE id = 2"), "step 2 begins elsewhere"),
    ("A sheet that is out is with somebody, to whom its own petition was issued",
     moved(status="'ISSUED'", issue_id="NULL"), "sheet 7 is out with nobody"),
    ("A sheet that is out is with somebody, to whom its own petition was issued",
     moved(OTHER_PETITION, "UPDATE sheet_issue SET petition_id = 9 WHERE id = 7"),
     "sheet 7 is out with another petition"),
    *(("No count is above the rows of its sheet, and no invalid rows are above the filled ones", breaks, named)
      for breaks, named in (
        (moved("UPDATE sheet_count SET raw = 3"), "a count of batch 7"),
        (moved("UPDATE sheet_count SET blank = -1 WHERE id = 2"), "count 2"),
        (moved("UPDATE sheet_count SET blank = 2 WHERE id = 2"), "count 2"))),
    *(("A sheet is counted where it has counts, and says what the last of them said", breaks, named)
      for breaks, named in (
        (moved(raw="2"), "sheet 7 says otherwise"), (moved(valid="NULL"), "sheet 7 says otherwise"),
        (moved(status="'RETURNED'"), "sheet 7 says otherwise"),
        (moved("DELETE FROM sheet_count"), "sheet 7 has no count"))),
    *(("A sheet is verified once two counts agree or a third settled it, and two people counted it first", breaks,
       named) for breaks, named in (
        (moved(standing="'UNCHECKED'"), "sheet 7 stands otherwise"),
        (moved("DELETE FROM sheet_count WHERE id = 2"), "sheet 7 stands otherwise"),
        (moved("UPDATE sheet_count SET raw = 2 WHERE id = 1"), "sheet 7 stands otherwise"),
        (moved("UPDATE sheet_count SET account_id = 1"), "sheet 7 was checked by who counted it"))),
    *(("A delivered sheet is counted, and in one delivery of its own petition, which counts it", breaks, named)
      for breaks, named in (
        (moved(a_delivery("POSTED"), delivery_id="7"), "sheet 7 is otherwise than its delivery"),
        (moved(a_delivery("PACKED"), status="'DELIVERED'", delivery_id="7"), "sheet 7 is otherwise than its delivery"),
        (moved(a_delivery("WITHDRAWN"), delivery_id="7"), "sheet 7 is otherwise than its delivery"),
        (moved(status="'DELIVERED'"), "sheet 7 was delivered to nobody"),
        (moved(a_delivery("PACKED", 2), delivery_id="7"), "delivery 7 has other sheets than it says"),
        (moved(a_delivery("PACKED")), "delivery 7 has other sheets than it says"))),
    ("A sheet that was destroyed was at hand, and goes with its own petition",
     moved(DESTROYED, status="'ISSUED'", destruction_id="7"), "sheet 7"),
    ("A reply belongs to its letter’s campaign and group, and its letter went out", a_reply(), "reply 7"),
    ("A reply to no known letter belongs to its campaign’s group", a_reply(letter_id="NULL", group_id="99"), "reply 7"),
    ("The scan of a reply is its group’s, and kept for that alone", a_reply(scan_id="1", group_id="99"), "reply 7"),
    ("A letter follows up an earlier one of its own campaign to the same target",
     run("INSERT INTO follow_up (letter_id, follows_id) VALUES (1, 2)"), "letter 1 after 2"),
    ("A writer is told once at most, and by a wish of the first letter of a form",
     a_wish(1, "INSERT INTO notice (id, wish_id, news, subject, made_at, sent_at) "
               "VALUES (7, 7, 'REPLY', 1, '2026-01-01', '2026-01-01')"), "notice 7"),
    ("A writer is told once at most, and by a wish of the first letter of a form",
     a_wish(2, "UPDATE letter SET form = 'same', target_id = -id"), "wish 7"),
    ("Every table is as the models mean it", run("DROP TABLE receipt"), "receipt is missing"),
]  # fmt: skip


@on_both_databases
def test_what_is_sound_is_found_to_be(call: Call) -> None:
    result = call("check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"{len(invariants.INVARIANTS)} invariants hold" in result.stdout


@pytest.mark.parametrize(
    ("claim", "breaks", "named"), BREACHES, ids=[f"{claim}: {named}" for claim, _, named in BREACHES]
)
def test_safety_invariants_what_is_broken_is_named(
    app: Flask, call: Call, claim: str, breaks: Callable[[], None], named: str
) -> None:
    with app.app_context():
        breaks()
    result = call("check")
    assert f"{claim}: {named}" in result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (1, "")


def test_safety_invariants_a_damaged_database_is_named(app: Flask, call: Call) -> None:
    with app.app_context():
        leave_no_trace()
        page = db.session.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'ix_letter_text_version_id'"))
        size = db.session.scalar(text("PRAGMA page_size"))
        db.session.remove()
        db.engine.dispose()
    with Path(app.instance_path, SQLITE_FILE).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))
    result = call("check")
    assert result.exit_code == 1
    assert "The database is sound: " in result.stderr


def test_safety_invariants_each_is_broken_by_a_test() -> None:
    assert {claim for claim, _, _ in BREACHES} | {"The database is sound"} == set(invariants.INVARIANTS)
