"""What a group's own papers say of it, and whereto its envelopes return."""

from __future__ import annotations

import pytest

from campaign_app.groups.models import Group
from campaign_app.print_runs.imprint import Imprint
from tests.conftest import change
from tests.print_runs.conftest import Runs, roster, texts

LETTERHEAD = "Lantern Circle of Seoul\nsince 1998"


@pytest.fixture(autouse=True)
def with_letterhead(runs: Runs, group: Group) -> None:
    change(runs.app, group, letterhead=LETTERHEAD)


def test_the_case_sheet_and_the_checklist_are_headed_by_the_letterhead_and_letters_are_not(runs: Runs) -> None:
    run_id = runs.made(roster(), parts=["letters", "case sheet", "checklist"])
    assert texts(runs.file(run_id, "case sheet"))[0].startswith("Lantern Circle of Seoul\nsince 1998")
    assert "Lantern Circle of Seoul" in texts(runs.file(run_id, "checklist"))[0]
    assert not any("Lantern" in page for page in texts(runs.file(run_id)))


def test_envelopes_return_to_the_group_unless_the_writers_own_address_is_chosen(runs: Runs) -> None:
    for chosen, expected, other in (({}, "Sample-ro", "Jongno"), ({"return_to": "writer"}, "Jongno", "Sample-ro")):
        run_id = runs.made(roster(), parts=["envelopes"], **chosen)
        said = "".join(texts(runs.file(run_id, "envelopes")))
        assert expected in said
        assert other not in said


def test_a_group_without_a_return_address_leaves_envelopes_with_their_writers(runs: Runs, group: Group) -> None:
    change(runs.app, group, return_address="")
    for chosen in ({}, {"return_to": "group"}):
        run_id = runs.made(roster(), parts=["envelopes"], **chosen)
        assert "Jongno" in "".join(texts(runs.file(run_id, "envelopes")))


def test_a_guests_envelope_has_the_groups_address_where_that_is_chosen(runs: Runs) -> None:
    run_id = runs.made(None, source="guests", guests="2", parts=["envelopes"], return_to="group")
    assert "Sample-ro" in "".join(texts(runs.file(run_id, "envelopes")))


def test_one_line_has_room_for_the_first_of_the_letterhead_else_for_the_name() -> None:
    assert Imprint("Group 48", ("Lantern", "since 1998")).first_line == "Lantern"
    assert Imprint("Group 48").first_line == "Group 48"
