"""What a handover lists of print runs, and with whom they are."""

from __future__ import annotations

from datetime import date

from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.groups.outstanding import Outstanding
from campaign_app.print_runs import unfinished
from tests.databases import on_both_databases
from tests.print_runs.conftest import Runs, roster

pytestmark = on_both_databases


def outstanding(runs: Runs) -> list[Outstanding]:
    with runs.app.test_request_context():
        return list(unfinished.runs(db.session.get_one(Group, runs.group_id)))


def test_a_run_that_is_not_made_is_with_whoever_began_it(runs: Runs) -> None:
    run_id = runs.checked(roster())
    (found,) = outstanding(runs)
    assert (found.url, found.with_whom) == (f"/desk/runs/{run_id}", "Organizer Person")
    assert "is not made yet" in found.text
    page = runs.client.get("/desk/groups/group-48/handover/").text
    assert "with Organizer Person" in page


def test_letters_of_a_run_are_outstanding_until_they_are_posted(runs: Runs) -> None:
    run_id = runs.made()
    (found,) = outstanding(runs)
    assert found.text.startswith("3 letters of a print run")
    assert found.url == f"/desk/runs/{run_id}/posted"
    runs.client.post(f"/desk/runs/{run_id}/posted", data={"day": date.today().isoformat(), "action": "all"})
    assert outstanding(runs) == []
