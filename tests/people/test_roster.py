"""A roster is read as people write one; what is wrong is told by row, and nothing is made of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbooks import written

from campaign_app import characters
from campaign_app.people.roster import COLUMNS, Repeated, Roster, RosterRow, opened, read
from campaign_app.tables.errors import (
    CellTooLong,
    EmptyCell,
    FieldTooLong,
    FormulaFailed,
    MissingColumn,
    NoEmail,
    Ragged,
    RefusedCharacters,
    TableError,
    TooManyRows,
    UnknownCountry,
    UnknownLanguage,
)

ROW_OF_READING = """
import sys
from pathlib import Path
from campaign_app.people.roster import RosterRow, opened
def peak():
    return next(int(line.split()[1]) for line in Path("/proc/self/status").open() if line.startswith("VmHWM"))
content = Path(sys.argv[1]).read_bytes()
before = peak()
count = sum(isinstance(person, RosterRow) for person in opened(content).people())
print(count, (peak() - before) // 1024)
"""


def roster(header: str, *rows: str, encoding: str = "utf-8") -> Roster:
    return read("\n".join((header, *rows)).encode(encoding))


def test_every_column_is_read() -> None:
    people = roster(
        "name,street,city,region,postcode,country,email,language,nationality,occupation,message",
        "김철수,1 Main St|Flat 2,Seoul,Seoul,04560,KR,kim@example.org,ko,Korean,teacher,Please act.",
    ).rows
    assert people == (
        RosterRow(
            2, "김철수", "1 Main St\nFlat 2", "Seoul", "Seoul", "04560", "KR", "kim@example.org", "ko", "Korean",
            "teacher", "Please act.",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "header", ["name,country", "COUNTRY, Name ", "N A M E,Country", "이름,국가", "성명,나라", "Full Name,pays"]
)
def test_headers_are_known_in_any_case_order_and_in_korean(header: str) -> None:
    first_is_name = not header.startswith("COUNTRY")
    people = roster(header, "Ada,France" if first_is_name else "France,Ada")
    assert people.rows == (RosterRow(2, "Ada", country="FR"),)
    assert people.ignored_columns == ()


def test_a_korean_roster_is_read() -> None:
    people = roster(
        "이름,주소,도시,우편번호,국가,이메일,언어,국적,직업,메시지",
        "김철수,세종대로 209,서울,03172,대한민국,kim@example.org,한국어,대한민국,교사,안녕하세요",
        encoding="cp949",
    )
    assert people.encoding == "cp949"
    assert people.rows[0].country == "KR"
    assert people.rows[0].language == "ko"
    assert people.rows[0].postcode == "03172"


def test_safety_17_columns_role_and_group_id_are_ignored_by_name() -> None:
    people = roster("name,role,group_id,Is Staff,,password", "Ada,staff,1,yes,x,secret")
    assert people.ignored_columns == ("role", "group_id", "Is Staff", "password")
    assert people.rows == (RosterRow(2, "Ada"),)


def test_safety_17_the_same_file_twice_names_the_same_people() -> None:
    file = written([("name", "email"), ("Ada", "ada@example.org"), ("Bo", "")])
    assert [row.identity for row in read(file).rows] == [row.identity for row in read(file).rows]


def test_where_two_columns_are_for_one_thing_the_plainest_name_is_taken() -> None:
    people = roster("이름,name", "김철수,Kim Cheolsu")
    assert people.rows[0].name == "Kim Cheolsu"
    assert people.ignored_columns == ("이름",)


def test_a_roster_without_names_is_refused() -> None:
    with pytest.raises(MissingColumn) as raised:
        roster("city", "Seoul")
    assert raised.value.name == "name"


def test_a_workbook_is_read_like_a_csv() -> None:
    book = written([("Name", "Postcode"), ("Ada", 4560), ("Bo", 3172)], formats={(1, 1): "00000", (2, 1): "00000"})
    people = read(book)
    assert [row.postcode for row in people.rows] == ["04560", "03172"]
    assert people.worksheet == "Sheet1"


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (",Paris,FR,,", EmptyCell(3, "name")),
        ("Bo,Paris,Atlantis,,", UnknownCountry(3, "country", "Atlantis")),
        ("Bo,Paris,FR,bo at example.org,", NoEmail(3, "email", "bo at example.org")),
        ("Bo,Paris,FR,a@b,", NoEmail(3, "email", "a@b")),
        ("Bo,Paris,FR,,Klingon", UnknownLanguage(3, "language", "Klingon")),
        (f"{'x' * 301},Paris,FR,,", CellTooLong(3, "name", 300)),
        ("#N/A,Paris,FR,,", FormulaFailed(3, "name", "#N/A")),
        ("B\x1bo,Paris,FR,,", RefusedCharacters(3, "name", ("U+001B",))),
        ("Bo,Paris", Ragged(3, 2, 5)),
    ],
)
def test_what_is_wrong_is_told_with_its_row(row: str, error: TableError) -> None:
    people = roster("name,city,country,email,language", "Ada,Paris,FR,,", row, "Cy,Rome,IT,,")
    assert people.errors == (error,)
    assert [person.number for person in people.rows] == [2, 4]


def test_everything_wrong_in_a_row_is_told_at_once() -> None:
    errors = roster("name,country,email", ",Atlantis,x").errors
    assert [error.row for error in errors] == [2, 2, 2]


def test_20000_combining_marks_are_too_long() -> None:
    assert roster("name", "e" + "\u0301" * 20_000).errors == (CellTooLong(2, "name", 300),)


def test_a_name_keeps_its_letters_and_loses_its_tricks() -> None:
    people = roster("name", "\u202eمحمد\u202c", "\u1100\u1161\u11a8", "{{7*7}} <b>")
    assert [row.name for row in people.rows] == ["محمد", "각", "{{7*7}} <b>"]


def test_who_stands_there_twice_is_named_with_both_rows() -> None:
    people = roster("name,email,city", "Ada,a@x.org,", "Bo,b@x.org,", "ada,A@x.org,Rome", "Ada,,Rome", "Ada,,rome")
    assert people.repeated == (Repeated(4, 2), Repeated(6, 5))
    assert people.errors == ()


@pytest.mark.parametrize("broken", ['Ada,"x', "Ada", ",x"])
def test_safety_15_row_60001_of_100000_is_named(broken: str) -> None:
    rows = [f"Person {number},x" for number in range(2, 100_002)]
    rows[60_001 - 2] = broken
    errors = roster("name,city", *rows).errors
    assert [error.row for error in errors] == [60_001]
    assert isinstance(errors[0], FieldTooLong | Ragged | EmptyCell)


def test_safety_15_100000_rows_are_read_in_little_memory_and_no_more(tmp_path: Path) -> None:
    rows = [f"Person {number},Street {number},Seoul,04560,KR,p{number}@example.org" for number in range(100_001)]
    file = tmp_path / "roster.csv"
    file.write_text("\n".join(("name,street,city,postcode,country,email", *rows[1:])))
    done = subprocess.run([sys.executable, "-c", ROW_OF_READING, str(file)], capture_output=True, text=True, check=True)
    count, taken = map(int, done.stdout.split())
    assert count == 100_000
    assert taken < 60
    with pytest.raises(TooManyRows):
        read(b"name\n" + b"Ada\n" * 100_001)


def test_no_more_errors_are_gathered_than_anyone_reads() -> None:
    assert len(list(opened(b"name,email\n" + b",x\n" * 5000).people())) < 110


@given(st.binary(max_size=300))
def test_whatever_the_bytes_the_answer_is_a_roster_or_words(content: bytes) -> None:
    try:
        people = read(content)
    except TableError:
        return
    assert all(row.name and row.number > 1 for row in people.rows)


NAMES = st.text(min_size=1, max_size=40)


@settings(suppress_health_check=[HealthCheck.too_slow])  # characters of all scripts take their time
@given(st.lists(NAMES, min_size=1, max_size=8), st.sampled_from(COLUMNS[1:]))
def test_each_name_comes_out_clean_or_is_told_with_its_row(names: list[str], column: str) -> None:
    quoted = (f'"{name.replace(chr(34), chr(34) * 2)}",""' for name in names)
    content = "\n".join((f"name,{column}", *quoted)).encode("utf-8", "surrogatepass")
    try:
        people = read(content, "utf-8", ",")
    except TableError:
        return
    told = {error.row for error in people.errors}
    for row in people.rows:
        assert row.name == " ".join(characters.cleaned(row.name).split())
        assert not characters.refused(row.name)
        assert row.number not in told
    assert len(people.rows) + len(told) <= len(names)
