"""An office outlives its holders."""

from __future__ import annotations

from datetime import date

import pytest

from campaign_app.targets.holders import can_be_undone, name_holder, outdated_greetings, undo_change
from campaign_app.targets.models import Greeting, Holder, Target

TODAY = date(2026, 3, 1)


def office(*holders: Holder, greeting: str = "") -> Target:
    greetings = [Greeting(language="en", salutation=greeting, closing="")] if greeting else []
    return Target(position="Minister of Justice", holders=list(holders), greetings=greetings)


def test_another_name_ends_the_former_holders_time_and_keeps_it() -> None:
    target = office(Holder(honorific="Mr.", name="Old Sample", since=date(2020, 1, 1)))
    name_holder(target, "Ms.", "New Sample", TODAY, today=TODAY)
    assert target.holder is not None
    assert target.holder.full_name == "Ms. New Sample"
    assert [(holder.name, holder.until) for holder in target.former_holders] == [("Old Sample", TODAY)]


@pytest.mark.parametrize(("name", "same_person"), [("Ali Sample", False), ("Aly Sample", True)])
def test_the_same_person_stays_in_office(name: str, same_person: bool) -> None:
    target = office(Holder(honorific="Mr.", name="Ali Sample"))
    name_holder(target, "Dr.", name, TODAY, today=TODAY, same_person=same_person)
    assert [(h.honorific, h.name, h.since, h.until) for h in target.holders] == [("Dr.", name, TODAY, None)]


def test_an_empty_name_leaves_the_office_vacant() -> None:
    target = office(Holder(name="Old Sample"))
    name_holder(target, "", "", None, today=TODAY, same_person=True)
    assert target.holder is None
    assert len(target.former_holders) == 1


def test_a_vacant_office_stays_vacant() -> None:
    target = office()
    name_holder(target, "H.E.", "", None, today=TODAY)
    assert target.holders == []


def test_todays_change_can_be_undone() -> None:
    target = office(Holder(name="Old Sample"))
    name_holder(target, "", "Slip of the Pen", None, today=TODAY)
    assert can_be_undone(target, TODAY)
    undo_change(target, TODAY)
    assert [(holder.name, holder.until) for holder in target.holders] == [("Old Sample", None)]
    assert not can_be_undone(target, TODAY)


def test_an_earlier_change_cannot_be_undone() -> None:
    assert not can_be_undone(office(Holder(name="Old", until=date(2026, 2, 28)), Holder(name="New")), TODAY)


@pytest.mark.parametrize(
    ("former", "present", "greeting", "outdated"),
    [
        ("Kofi Sample", "Ama Example", "Dear Minister Sample,", True),
        ("Kofi Sample", "Ama Sample", "Dear Minister Sample,", False),
        ("Kofi Sample", "Ama Example", "Dear Minister,", False),
        ("Kofi Sample", None, "DEAR MR SÁMPLE,", True),
        ("Kofi Sample", "Ama Example", "Dear Samples,", False),
        ("U Al Na", "Ama Example", "Dear U Thant and al.,", False),
        ("김보기", "이견본", "김보기 장관님께", True),
        ("김보기", "이견본", "장관님께", False),
    ],
)
def test_a_greeting_with_a_former_holders_name_is_outdated(
    former: str, present: str | None, greeting: str, outdated: bool
) -> None:
    holders = [Holder(name=former, until=TODAY), *([Holder(name=present)] if present else [])]
    found = outdated_greetings(office(*holders, greeting=greeting))
    assert [holder.name for _, holder in found] == ([former] if outdated else [])
