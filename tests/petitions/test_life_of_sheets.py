"""Whatever is done with sheets in whatever order: every invariant holds, and every number equals its count."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select, update

from campaign_app import invariants
from campaign_app.db import db
from campaign_app.people.models import Role
from campaign_app.petitions import counts, custody, deliveries, destroying, issuing, totals
from campaign_app.petitions.counting import Count, Standing, WrongCount
from campaign_app.petitions.counts import CannotCount, Overtaken, SamePerson
from campaign_app.petitions.cover_letter import Wording, write
from campaign_app.petitions.custody import Act, Move
from campaign_app.petitions.custody_models import SheetEvent
from campaign_app.petitions.deliveries import CannotMark, Gone
from campaign_app.petitions.delivery_models import Delivery
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet, SheetStatus
from tests.conftest import SignIn
from tests.petitions.conftest import SHEETS

numbers = st.sets(st.integers(1, SHEETS), min_size=1, max_size=5)
number = st.integers(1, SHEETS)
people = st.sampled_from([1, 2])  # the ids of two accounts
small = st.integers(-1, 4)
COUNTING = {Standing.VERIFIED: "valid", Standing.UNCHECKED: "unchecked", Standing.DISPUTED: "unchecked"}
CHANCES = WrongCount, CannotCount, Overtaken, SamePerson, CannotMark, Gone


class Life(RuleBasedStateMachine):
    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        self.acts: list[Act] = []

    def teardown(self) -> None:
        """Everything as it was, for the next life."""
        db.session.rollback()
        nothing = dict.fromkeys(("issue_id", "delivery_id", "destruction_id", "standing", "raw", "valid"))
        db.session.execute(update(Sheet).values(status=SheetStatus.PRINTED, reason="", **nothing))
        for table in ("sheet_count", "sheet_event", "delivery", "sheet_destruction", "sheet_issue"):
            db.session.execute(db.text(f"DELETE FROM {table}"))
        db.session.commit()
        self.context.pop()

    @property
    def petition(self) -> Petition:
        return db.session.scalars(select(Petition)).one()

    @rule(which=numbers)
    def issue(self, which: set[int]) -> None:
        to = issuing.new(self.petition, None, collector="Sample Collector", due_on=date.today())
        self.acts.append(custody.move([Sheet.number.in_(which)], Move.ISSUE, None, issue=to))
        db.session.commit()

    @rule(which=numbers, how=st.sampled_from([Move.HAND_BACK, Move.HAND_BACK, Move.MISS, Move.SPOIL, Move.VOID]))
    def move(self, which: set[int], how: Move) -> None:
        self.acts.append(custody.move([Sheet.number.in_(which)], how, None, reason="because"))
        db.session.commit()

    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        if self.acts:
            custody.undo(data.draw(st.sampled_from(self.acts)).name, [], None)
            db.session.commit()

    @rule(which=number, who=people, turn=st.sampled_from([1, 1, 2, 2, 3]), raw=st.integers(9, 13), blank=small)
    def count(self, which: int, who: int, turn: int, raw: int, blank: int) -> None:
        sheet = db.session.scalars(select(Sheet).where(Sheet.number == which)).one()
        self.try_to(lambda: counts.enter(sheet, Count(raw, blank=blank), turn, who))

    @rule(who=people, turn=st.sampled_from([1, 2]))
    def count_all_alike(self, who: int, turn: int) -> None:
        for sheet in db.session.scalars(select(Sheet)).all():
            self.try_to(lambda sheet=sheet: counts.enter(sheet, Count(12, blank=1), turn, who))  # type: ignore[misc]

    @rule(which=number)
    def count_anew(self, which: int) -> None:
        counts.start_anew(db.session.scalars(select(Sheet).where(Sheet.number == which)).one(), None)
        db.session.commit()

    @rule(which=numbers, unchecked=st.booleans())
    def pack(self, which: set[int], unchecked: bool) -> None:
        chosen = [*deliveries.ready(self.petition, unchecked), Sheet.number.in_(which)]
        target = self.petition.addressees[0]
        letter = write(self.petition, target, "en", Wording("s", "b", "Dear", "Yours,"), "Sample Person", date.today())
        self.try_to(lambda: deliveries.pack(self.petition, target, letter, chosen, None))

    @rule(data=st.data(), how=st.sampled_from(["post", "post", "unpost", "accept", "refuse", "withdraw"]))
    def mark(self, data: st.DataObject, how: str) -> None:
        known = db.session.scalars(select(Delivery).order_by(Delivery.id)).all()
        if not known:
            return
        delivery, today = data.draw(st.sampled_from(list(known))), date.today()
        ways: dict[str, Any] = {
            "post": lambda: deliveries.post(delivery, today, None),
            "unpost": lambda: deliveries.unpost(delivery, None),
            "accept": lambda: deliveries.answer(delivery, True, today, ""),
            "refuse": lambda: deliveries.answer(delivery, False, today, ""),
            "withdraw": lambda: deliveries.withdraw(delivery, None),
        }
        self.try_to(ways[how])

    @rule(which=numbers, days=st.sampled_from([0, 400]))
    def destroy(self, which: set[int], days: int) -> None:
        may_go = destroying.destroyable(self.petition, date.today() + timedelta(days=days))
        destroying.destroy(self.petition, [*may_go, Sheet.number.in_(which)], destroyed_on=date.today(), way="shredded")
        db.session.commit()

    def try_to(self, do: Any) -> None:
        """What is refused changes nothing."""
        try:
            do()
            db.session.commit()
        except CHANCES:
            db.session.rollback()

    @invariant()
    def everything_holds(self) -> None:
        assert list(invariants.broken()) == []

    @invariant()
    def every_number_equals_its_count(self) -> None:
        sheets = db.session.scalars(select(Sheet)).all()
        found = totals.signatures([self.petition.campaign_id])[self.petition.campaign_id]
        assert found.printed == len(sheets) == SHEETS
        for name in ("issued", "returned", "missing", "spoiled", "void", "delivered"):
            assert getattr(found, name) == sum(sheet.status == name for sheet in sheets)
        assert found.counted == sum(sheet.standing is not None for sheet in sheets)
        for name in ("valid", "unchecked"):
            assert getattr(found, name) == sum(
                counts.of(sheet)[-1].count.valid
                for sheet in sheets
                if COUNTING.get(sheet.standing) == name  # type: ignore[arg-type]
            )

    @invariant()
    def no_step_is_ever_lost(self) -> None:
        last = {step.sheet_id: step for step in db.session.scalars(select(SheetEvent).order_by(SheetEvent.id))}
        for sheet in db.session.scalars(select(Sheet)):
            assert sheet.status == (last[sheet.id].after if sheet.id in last else SheetStatus.PRINTED)


@pytest.mark.usefixtures("petition", "organizer")
def test_whatever_happens_to_sheets_in_whatever_order_everything_holds(app: Flask, sign_in: SignIn) -> None:
    sign_in(Role.STAFF)

    class Here(Life):
        pass

    Here.app = app
    budget: Any = {"max_examples": 12, "stateful_step_count": 25, "deadline": None, "print_blob": False}
    run_state_machine_as_test(Here, settings=settings(**budget, suppress_health_check=list(HealthCheck)))
