"""Runs as organizers make them: through the form, and worked off at once."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.invariants import broken
from campaign_app.jobs.worker import work_next
from campaign_app.letters.models import LetterRecord
from campaign_app.people.models import Consent, Membership, Person, Purpose, Role, Way
from campaign_app.print_runs.models import PrintRun, RunRow
from campaign_app.texts.models import LetterText, TextVersion
from tests.conftest import store

HEADER = "name,street,city,postcode,country,language,nationality,occupation,message"
ROWS = (
    "김솔빛,노래로 40,서울,03720,KR,ko,,교사,",
    "Nour El Qamar,8 Dalmaji-gil,Seoul,04020,KR,en,Egyptian,nurse,I think of Nadia every day.",
    "Amina Castellan,3 Jongno,Seoul,03100,KR,en,,,",
)


def roster(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *(rows or ROWS))).encode()


def texts(pdf: bytes) -> list[str]:
    """What stands on each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\r", "") for page in document]
    finally:
        document.close()


def pictures(pdf: bytes, dpi: int = 100) -> list[Any]:
    """Each page in shades of grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def add_text(app: Flask, campaign: Campaign, language: str, body: str, salutation: str = "Dear Sir,") -> None:
    version = TextVersion(number=1, subject="Appeal", salutation=salutation, closing="Yours,", body=body)
    store(app, LetterText(campaign_id=campaign.id, language=language, versions=[version]))


@dataclass(frozen=True)
class Runs:
    """Print runs of a campaign, as a client of the site makes them."""

    app: Flask
    client: FlaskClient
    campaign: Campaign
    group_id: int

    @property
    def today(self) -> date:
        """The day where the campaign is."""
        return self.campaign.today

    def prepare(self, content: bytes | None = None, *, at: str = "", **fields: Any) -> TestResponse:
        """Send the form with a roster, or with the source that ``fields`` name; nothing is worked off."""
        source = {"source": "roster"} if content is not None else {}
        data: dict[str, Any] = {
            "group_id": self.group_id, "targets": [target.id for target in self.campaign.targets], "language": "en",
            "day": self.today.isoformat(), "parts": ["letters"], "format": "pdf", "order": "given", "sides": "1",
            "paper": "A4", "window": "", "envelope": "DL", "label_sheet": "L7163", "first_label": "1",
            "offset_x": "0", "offset_y": "0", "encoding": "", "separator": "", "people_language": "",
            **source, **fields,
        }  # fmt: skip
        if content is not None:
            data["file"] = (io.BytesIO(content), "roster")
        answer = self.client.post(at or f"/desk/runs/new/{self.campaign.slug}", data=data)
        answer.close()
        answer.request.environ["wsgi.input"].close()  # a file, where much was uploaded
        return answer

    def checked(self, content: bytes | None = None, **fields: Any) -> int:
        """The id of a run whose rows are checked."""
        answer = self.prepare(content, **fields)
        assert answer.status_code == 303, answer.text
        self.work()
        return int(answer.location.rsplit("/", 1)[1])

    def made(self, content: bytes | None = None, **fields: Any) -> int:
        """The id of a run whose letters are made."""
        run_id = self.checked(content if content or "source" in fields else roster(), **fields)
        assert self.post(run_id, "make").status_code == 303
        self.work()
        assert "Take and print" in self.page(run_id)
        return run_id

    def work(self) -> None:
        """Work off whatever waits."""
        with self.app.app_context():
            while work_next():
                pass
            assert list(broken()) == []

    def post(self, run_id: int, act: str, **fields: Any) -> TestResponse:
        return self.client.post(f"/desk/runs/{run_id}/{act}", data=fields)

    def page(self, run_id: int, rest: str = "") -> str:
        answer = self.client.get(f"/desk/runs/{run_id}{rest}")
        assert answer.status_code == 200, answer.text
        return answer.text

    def file(self, run_id: int, part: str = "letters") -> bytes:
        answer = self.client.get(f"/desk/runs/{run_id}/files/{part}")
        assert answer.status_code == 200
        return answer.data

    def rows(self, run_id: int) -> list[RunRow]:
        with self.app.app_context():
            rows = list(db.session.scalars(select(RunRow).filter_by(run_id=run_id).order_by(RunRow.number)))
            assert all(row.values is not None for row in rows)
            db.session.expunge_all()
        return rows

    def problems(self, run_id: int) -> dict[int, list[tuple[str, str]]]:
        """What was found, by row: kind and field."""
        return {
            row.number: [(problem.kind, problem.field) for problem in row.problems]
            for row in self.rows(run_id)
            if row.problems
        }

    def letters(self, run_id: int) -> list[LetterRecord]:
        with self.app.app_context():
            query = select(LetterRecord).filter_by(run_id=run_id).order_by(LetterRecord.id)
            letters = list(db.session.scalars(query))
            db.session.expunge_all()
        return letters

    def run(self, run_id: int) -> PrintRun:
        with self.app.app_context():
            run = db.session.get_one(PrintRun, run_id)
            db.session.expunge_all()
        return run

    def change(self, change: Callable[[Campaign], object]) -> None:
        """Change the campaign."""
        with self.app.app_context():
            change(db.session.get_one(Campaign, self.campaign.id))
            db.session.commit()


@pytest.fixture
def runs(app: Flask, organizer: FlaskClient, campaign: Campaign, group: Group) -> Runs:
    return Runs(app, organizer, campaign, group.id)


@pytest.fixture
def add_people(app: Flask, group: Group) -> Callable[..., None]:
    """Add members of the group who agreed to letters in their name."""

    def add(names: Iterable[str], languages: Iterable[str] = ("en",), *, agreed: bool = True) -> None:
        day = date.today() - timedelta(days=9)
        consent = {"wording": "letters in my name", "version": "1", "given_on": day, "way": Way.PAPER}
        for name in names:
            person = Person(
                name=name, languages_written=list(languages),
                letter_address={"street": "3 Jongno", "city": "Seoul", "country": "KR"},
                memberships=[Membership(role=Role.MEMBER, group_id=group.id, starts_on=date(2020, 1, 1))],
                consents=[Consent(purpose=Purpose.LETTERS, **consent)] if agreed else [],
            )  # fmt: skip
            store(app, person)

    return add
