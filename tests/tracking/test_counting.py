"""The tally of letters equals what there is to count, after any history and on both databases."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select, text, update

from campaign_app.campaigns.models import Campaign, Kind, Theme
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.status import NEXT, LetterStatus
from campaign_app.targets.models import Office, Target
from campaign_app.tracking import counting, marking, totals
from campaign_app.tracking.models import Act, How, OvertakenAct
from campaign_app.tracking.totals import Scope, Totals
from campaign_app.upkeep import commands
from tests.conftest import store
from tests.databases import on_both_databases
from tests.tracking.conftest import MONDAY, MakeLetters, letter

pytestmark = on_both_databases

DAYS = st.dates(date(2025, 12, 22), date(2026, 3, 8))
STEPS = st.sampled_from([(before, after) for before, next in NEXT.items() for after in next])
COLUMNS = {
    "campaign_id": st.sampled_from([1, 2]),
    "target_id": st.sampled_from([1, 2]),
    "group_id": st.sampled_from([None, 1, 2]),
    "language": st.sampled_from(["en", "ko"]),
    "country": st.sampled_from(["EG", "KR"]),
    "made_on": DAYS,
}
WHOLE = [(None, None), (date(2026, 1, 1), date(2026, 1, 31)), (MONDAY, MONDAY + timedelta(days=6))]
SCOPES = st.builds(
    lambda span, **others: Scope(since=span[0], until=span[1], **others),
    span=st.sampled_from(WHOLE),
    groups=st.sampled_from([None, [1], [0, 2]]),
    campaigns=st.sampled_from([None, [2]]),
    theme=st.sampled_from([None, Theme.OTHER]),
)


class History(RuleBasedStateMachine):
    """Letters come, are marked, moved and deleted, one by one and many at once, by whatever way there is."""

    app: Flask

    @initialize()
    def begin(self) -> None:
        with self.app.app_context():
            for table in (OvertakenAct, LetterRecord, Act):
                db.session.execute(delete(table))
            db.session.commit()

    @rule(rows=st.lists(st.fixed_dictionaries(COLUMNS), min_size=1, max_size=4))
    def make(self, rows: list[dict[str, Any]]) -> None:
        self.store(*(letter(**row) for row in rows))

    @rule(rows=st.lists(st.fixed_dictionaries(COLUMNS), min_size=1, max_size=4))
    def make_but_not_commit(self, rows: list[dict[str, Any]]) -> None:
        with self.app.app_context():
            db.session.add_all(letter(**row) for row in rows)
            db.session.flush()
            db.session.rollback()

    @rule(step=STEPS, day=DAYS, language=COLUMNS["language"])
    def mark(self, step: tuple[LetterStatus, LetterStatus], day: date, language: str) -> None:
        posted_on = day if step[1] is LetterStatus.POSTED else None
        with self.app.app_context():
            marking.mark([LetterRecord.language == language], *step, How.LIST, posted_on)
            db.session.commit()

    @rule()
    def undo(self) -> None:
        with self.app.app_context():
            act = db.session.scalar(select(Act.id).where(Act.undoes_id.is_(None)).order_by(Act.id.desc()).limit(1))
            marking.undo(act or 0, [], How.LIST)
            db.session.commit()

    @rule(old=st.fixed_dictionaries({}, optional=COLUMNS), new=st.fixed_dictionaries({}, optional=COLUMNS))
    def move(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        if new:
            self.do(update(LetterRecord).where(*self.like(old)).values(new))

    @rule(old=st.fixed_dictionaries({}, optional=COLUMNS))
    def remove(self, old: dict[str, Any]) -> None:
        gone = select(LetterRecord.id).where(*self.like(old))
        self.do(delete(OvertakenAct).where(OvertakenAct.letter_id.in_(gone)))
        self.do(delete(LetterRecord).where(*self.like(old)))

    @rule()
    def change_a_theme(self) -> None:
        with self.app.app_context():
            campaign = db.session.get_one(Campaign, 2)
            campaign.theme = Theme.TORTURE if campaign.theme is Theme.OTHER else Theme.OTHER
            db.session.commit()

    @invariant()
    def every_counter_equals_its_count(self) -> None:
        with self.app.app_context():
            assert counting.counts(db.session.connection())
            assert list(counting.miscounted(db.session.connection())) == []

    @rule(scope=SCOPES)
    def numbers_of_a_scope_are_those_of_its_rows(self, scope: Scope) -> None:
        with self.app.app_context():
            rows = [row for row in db.session.scalars(select(LetterRecord)) if within(scope, row)]
            assert totals.total(scope) == counted(rows)
            assert totals.by_group(scope) == by(rows, lambda row: row.group_id)
            assert totals.by_campaign(scope) == by(rows, lambda row: row.campaign_id)
            assert totals.by_target(scope) == by(rows, lambda row: row.target_id)
            assert dict(totals.by_country(scope)) == by(rows, lambda row: row.country)
            assert dict(totals.by_language(scope)) == by(rows, lambda row: row.language)
            weeks = {week: count for week, count in totals.by_week(scope) if count}
            assert weeks == by(rows, lambda row: row.made_on - timedelta(days=row.made_on.weekday()))

    def store(self, *rows: Any) -> None:
        with self.app.app_context():
            db.session.add_all(rows)
            db.session.commit()

    def do(self, statement: Any) -> None:
        with self.app.app_context():
            db.session.execute(statement, execution_options={"synchronize_session": False})
            db.session.commit()

    def like(self, values: dict[str, Any]) -> list[Any]:
        return [getattr(LetterRecord, name).is_not_distinct_from(value) for name, value in values.items()]


def within(scope: Scope, row: LetterRecord) -> bool:
    return (
        (scope.campaigns is None or row.campaign_id in scope.campaigns)
        and (scope.groups is None or (row.group_id or 0) in scope.groups)
        and (scope.theme is None or row.campaign.theme is scope.theme)
        and (scope.since is None or row.made_on >= scope.since)
        and (scope.until is None or row.made_on <= scope.until)
    )


def counted(rows: list[LetterRecord]) -> Totals:
    states = Counter(row.status for row in rows)
    return Totals.of_states(*(states[status] for status in LetterStatus))


def by(rows: list[LetterRecord], key: Any) -> dict[Any, Totals]:
    return {value: counted([row for row in rows if key(row) == value]) for value in {key(row) for row in rows}}


@pytest.fixture
def two_of_each(app: Flask, campaign: Campaign) -> None:
    """A second campaign, target and group."""
    office = Target(office=Office.JUDGE, position="Judge", lines="Seoul", country="KR", languages=["ko"])
    other = Campaign(
        slug="other", title="Other", kind=Kind.CASE, theme=Theme.OTHER, country="KR", opens_on=campaign.opens_on
    )  # fmt: skip
    store(app, office, Group(number=2, name="Group 2", slug="group-2"), other)


@pytest.mark.usefixtures("two_of_each")
def test_each_counter_equals_its_count_after_any_history(app: Flask) -> None:
    class Here(History):
        pass

    Here.app = app
    budget: Any = {"max_examples": 12, "stateful_step_count": 15, "deadline": None}
    run_state_machine_as_test(Here, settings=settings(**budget, suppress_health_check=list(HealthCheck)))


def test_the_database_counts_again_what_it_did_not_see(app: Flask, make_letters: MakeLetters) -> None:
    with app.app_context():
        on = " ON letter" if db.engine.dialect.name == "postgresql" else ""
        for event in counting.EVENTS:
            db.session.execute(text(f"DROP TRIGGER letter_tally_{event}{on}"))
        db.session.commit()
    make_letters(3)
    with app.app_context():
        assert totals.total() == Totals()
        db.session.rollback()
        flask_migrate.upgrade()
        assert totals.total() == Totals(made=3)


def test_a_wrong_counter_is_mended(app: Flask, make_letters: MakeLetters) -> None:
    make_letters(2)
    with app.app_context():
        db.session.execute(text("UPDATE letter_tally SET made = 7"))
        db.session.commit()
    app.test_cli_runner().invoke(commands.check, ["--recount"])
    with app.app_context():
        assert totals.total() == Totals(made=2)
