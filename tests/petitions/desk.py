"""Petitions as organizers make them: through the forms, with sheets that are made at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.jobs.worker import work_next
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet, SheetBatch

TEXT = "We, the undersigned, ask you to:\n\n- release Nadia Example;\n- tell her family where she is."


@dataclass(frozen=True)
class PetitionDesk:
    """What a client of the site does with petitions of a campaign."""

    app: Flask
    client: FlaskClient
    campaign: Campaign
    target_id: int

    def begin(self, **fields: Any) -> TestResponse:
        form = {
            "group_id": self.campaign.group_id, "language": "en", "title": "Free Nadia Example", "text": TEXT,
            "who_may_sign": "Everybody", "addressees": [self.target_id], "organizer": "Group 48 Seoul",
            "return_address": "12 Sample-ro\nSeoul 04560", "opens_on": "2026-01-01", "collect_within": 14,
        }  # fmt: skip
        return self.client.post(f"/desk/petitions/new/{self.campaign.slug}", data=form | fields)

    def begun(self, **fields: Any) -> int:
        answer = self.begin(**fields)
        assert answer.status_code == 303, answer.text
        return int(answer.location.rpartition("/")[2])

    def write(self, petition_id: int, language: str, **fields: Any) -> TestResponse:
        form = {
            "title": "나디아를 석방하라",
            "text": "- 석방해 주십시오.",
            "who_may_sign": "",
            "notice": "안내",
        } | fields
        return self.client.post(f"/desk/petitions/{petition_id}/texts/{language}", data=form)

    def design(self, petition_id: int, number: int | str = "", at: str = "", **fields: Any) -> TestResponse:
        """Sends the designer's form, to the first design where none is named."""
        number = number or self.first_design(petition_id)
        form = {
            "language": "en", "second": "", "paper": "A4", "orientation": "portrait", "rows": 12, "home": "either",
            "first_column": "", "second_column": "",
        }  # fmt: skip
        return self.client.post(f"/desk/petitions/{petition_id}/designs/{at or number}", data=form | fields)

    def first_design(self, petition_id: int) -> int:
        with self.app.app_context():
            return db.session.get_one(Petition, petition_id).designs[0].id

    def print(self, petition_id: int, count: int = 10, **fields: Any) -> TestResponse:
        return self.client.post(f"/desk/petitions/{petition_id}/print", data={"count": count, "docx": "pdf"} | fields)

    def printed(self, petition_id: int, count: int = 10, **fields: Any) -> str:
        """Prints and makes the files; where the batch is."""
        answer = self.print(petition_id, count, **fields)
        assert "/batches/" in answer.location, answer.text
        self.work()
        return str(answer.location)

    def work(self) -> None:
        with self.app.app_context():
            while work_next():
                pass

    def sheets(self) -> list[Sheet]:
        with self.app.app_context():
            found = list(db.session.scalars(select(Sheet).order_by(Sheet.id)))
            db.session.expunge_all()
            return found

    def batches(self) -> list[SheetBatch]:
        with self.app.app_context():
            found = list(db.session.scalars(select(SheetBatch).order_by(SheetBatch.id)))
            db.session.expunge_all()
            return found
