"""The demo section once it is in the database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign_app import create_app
from campaign_app.access.models import Account
from campaign_app.access.sign_in import DEMO_PASSWORD
from campaign_app.campaigns.models import Campaign, Picture, Status, campaign_target
from campaign_app.db import Base, db
from campaign_app.demo import loader
from campaign_app.groups.activity_models import Activity
from campaign_app.groups.decision_models import Decision, Voter
from campaign_app.groups.models import Group
from campaign_app.invariants import broken
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.outcomes.models import Outcome
from campaign_app.replies.models import Reply
from campaign_app.targets.models import Part, Target
from tests.conftest import SETTINGS
from tests.databases import on_both_databases

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> Path:
    """An instance folder with the section loaded once, to be copied."""
    instance = tmp_path_factory.mktemp("demo")
    shutil.copy(migrated_database, instance)
    app = create_app(instance, **SETTINGS)
    with app.app_context():
        loader.load(TODAY)
        db.engine.dispose()
    return instance


@on_both_databases
def test_the_section_is_loaded_on_either_database(app: Flask) -> None:
    with app.app_context():
        loader.load(TODAY)
        assert db.session.scalar(select(func.count(LetterRecord.id)))


@pytest.fixture
def loaded(app: Flask, demo: Path) -> Flask:
    shutil.copytree(demo, app.instance_path, dirs_exist_ok=True)
    return app


@pytest.fixture
def section(loaded: Flask) -> Iterator[None]:
    """The loaded section, open to be read."""
    with loaded.app_context():
        yield


def contents() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        table.name: [tuple(row) for row in db.session.execute(select(table))] for table in Base.metadata.sorted_tables
    }


@pytest.mark.usefixtures("section")
def test_loading_again_changes_nothing() -> None:
    before = contents()
    loader.load(TODAY + timedelta(days=3))
    assert contents() == before


@pytest.mark.usefixtures("section")
def test_what_is_missing_is_added_and_what_was_changed_stays() -> None:
    unused = select(Target).where(Target.id.not_in(select(campaign_target.c.target_id)))
    kept, removed, *_ = db.session.scalars(unused)
    kept.position, key = "Changed by hand", removed.key
    db.session.delete(removed)
    db.session.commit()
    loader.load(TODAY)
    assert kept.position == "Changed by hand"
    assert db.session.scalar(select(func.count()).where(Target.key == key)) == 1


def test_where_something_is_wrong_nothing_is_loaded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "_picture", lambda name, alternative: 1 / 0)  # noqa: ARG005
    with app.app_context():
        before = contents()
        with pytest.raises(ZeroDivisionError):
            loader.load(TODAY)
        assert contents() == before


@pytest.mark.usefixtures("section")
def test_letters_lie_in_the_past_of_their_open_campaign() -> None:
    for letter in db.session.scalars(select(LetterRecord)):
        assert letter.campaign.opens_on <= letter.made_on < TODAY
        assert letter.posted_on is None or letter.made_on <= letter.posted_on < TODAY
        assert (letter.status is LetterStatus.MADE) == (letter.posted_on is None)


@pytest.mark.usefixtures("section")
def test_letters_go_to_targets_of_their_campaign_in_its_languages() -> None:
    for letter in db.session.scalars(select(LetterRecord)):
        assert letter.target in letter.campaign.targets
        assert letter.target.part is Part.TO
        assert letter.country == letter.target.country
        assert letter.text_version in [
            text.current for text in letter.campaign.texts if text.language == letter.language
        ]


@pytest.mark.usefixtures("section")
def test_as_many_letters_were_made_and_posted_as_the_section_says() -> None:
    campaign = db.session.scalars(select(Campaign).filter_by(slug="nasim-el-fanous")).one()
    letters = db.session.scalars(select(LetterRecord).filter_by(campaign_id=campaign.id)).all()
    assert len(letters) == 3 + 12 + 25 + 18
    assert sum(letter.status is LetterStatus.POSTED for letter in letters) == int(len(letters) * 0.7)
    last_week = [letter for letter in letters if letter.made_on >= TODAY - timedelta(days=7)]
    assert len(last_week) == 18


@pytest.mark.usefixtures("section")
def test_each_campaign_has_what_its_page_shows() -> None:
    campaigns = db.session.scalars(select(Campaign)).all()
    assert {status for status in Status if any(c.status is status for c in campaigns)} == set(Status) - {Status.DRAFT}
    for campaign in campaigns:
        assert campaign.targets
        assert campaign.story
        assert {text.language for text in campaign.texts} >= {"en", "ko"}
        assert (campaign.status is Status.OPEN) != bool(campaign.reason_note)


def test_pictures_are_stored_as_files_of_the_instance(loaded: Flask) -> None:
    with loaded.app_context():
        names = db.session.scalars(select(Picture.file)).all()
    assert len(names) == 4
    assert all(Path(loaded.instance_path, "files", name).stat().st_size for name in names)


def test_each_account_signs_in_where_the_site_is_a_demonstration(loaded: Flask) -> None:
    loaded.config["DEMO"] = True
    with loaded.app_context():
        emails = db.session.scalars(select(Account.email)).all()
    assert len(emails) == 5
    for email in emails:
        answer = loaded.test_client().post("/sign-in", data={"email": email, "password": DEMO_PASSWORD})
        assert answer.location == ("/my-group/" if email == "member@example.org" else "/desk")


def test_a_demo_account_is_refused_where_the_site_is_real(loaded: Flask) -> None:
    client = loaded.test_client()
    client.post("/sign-in", data={"email": "staff@example.org", "password": DEMO_PASSWORD})
    assert client.get("/desk").location.startswith("/sign-in")


@pytest.mark.usefixtures("section")
def test_one_decision_is_open_and_as_many_voted_on_the_other_as_are_counted() -> None:
    closed, is_open = db.session.scalars(select(Decision).order_by(Decision.closes_on)).all()
    assert is_open.is_open_on(TODAY)
    assert not closed.is_open_on(TODAY)
    for decision in (closed, is_open):
        voters = select(func.count()).select_from(Voter).filter_by(decision_id=decision.id)
        assert db.session.scalar(voters) == decision.votes
    assert closed.votes > is_open.votes == 0


@pytest.mark.usefixtures("section")
def test_activities_are_of_the_months_before() -> None:
    activities = db.session.scalars(select(Activity)).all()
    assert len(activities) >= 4
    assert all(TODAY - timedelta(days=180) < activity.held_on < TODAY for activity in activities)


@pytest.mark.usefixtures("section")
def test_groups_can_receive_returned_letters() -> None:
    assert all("KOREA" in group.return_address for group in db.session.scalars(select(Group)))


@pytest.mark.usefixtures("section")
def test_replies_and_outcomes_came_after_letters_were_posted() -> None:
    replies = db.session.scalars(select(Reply)).all()
    assert len(replies) == 4
    for reply in replies:
        assert reply.letter is not None
        assert reply.letter.posted_on is not None
        assert reply.letter.posted_on <= reply.received_on < TODAY
    [outcome] = db.session.scalars(select(Outcome))
    assert outcome.campaign.opens_on < outcome.happened_on < TODAY
    assert list(broken()) == []
