"""What people agreed to is kept in its words; what they paid in its currency."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app.days import a_year_after
from campaign_app.db import db
from campaign_app.people.models import Consent, FeePayment, Person, Purpose, Way
from campaign_app.people.wordings import LANGUAGES, WORDINGS

AGREED = {"purpose": "letters", "language": "ko", "given_on": "2026-02-28", "way": "paper", "other_wording": ""}
PAID = {"amount": "60000", "currency": "KRW", "paid_on": "2026-01-02", "paid_until": "2027-01-02", "note": "cash"}


def rows(app: Flask, model: type[Any]) -> list[Any]:
    with app.app_context():
        return list(db.session.scalars(select(model).order_by(model.id)))


def test_every_purpose_has_words_in_english_and_korean_and_a_version() -> None:
    assert set(WORDINGS) == set(Purpose)
    for wording in WORDINGS.values():
        assert set(wording.words) == set(LANGUAGES) == {"en", "ko"}
        assert wording.version


def test_a_consent_keeps_our_words_and_their_version(app: Flask, organizer: FlaskClient, person: Person) -> None:
    assert organizer.post(f"/desk/people/{person.id}/consents/new", data=AGREED).status_code == 303
    consent: Consent = rows(app, Consent)[0]
    wording = WORDINGS[Purpose.LETTERS]
    assert (consent.wording, consent.version) == (wording.words["ko"], wording.version)
    assert (consent.purpose, consent.given_on, consent.way) == (Purpose.LETTERS, date(2026, 2, 28), Way.PAPER)
    assert wording.words["ko"] in unescape(organizer.get(f"/desk/people/{person.id}").text)


def test_a_consent_in_other_words_keeps_those(app: Flask, organizer: FlaskClient, person: Person) -> None:
    words = "Yes, write for me.\nBut not to my own country."
    organizer.post(f"/desk/people/{person.id}/consents/new", data=AGREED | {"other_wording": words})
    consent: Consent = rows(app, Consent)[0]
    assert (consent.wording, consent.version) == (words, "other")


def test_words_that_change_later_leave_a_consent_as_it_was(
    app: Flask, organizer: FlaskClient, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    organizer.post(f"/desk/people/{person.id}/consents/new", data=AGREED)
    before = rows(app, Consent)[0].wording
    monkeypatch.setitem(WORDINGS[Purpose.LETTERS].words, "ko", "새로운 말")
    assert before in unescape(organizer.get(f"/desk/people/{person.id}").text)


@pytest.mark.parametrize(
    "changes", [{"purpose": "x"}, {"way": "x"}, {"language": "fr"}, {"given_on": ""}, {"given_on": "2999-01-01"}]
)
def test_a_consent_without_a_purpose_way_or_day_is_refused(
    app: Flask, organizer: FlaskClient, person: Person, changes: dict[str, str]
) -> None:
    assert organizer.post(f"/desk/people/{person.id}/consents/new", data=AGREED | changes).status_code == 422
    assert rows(app, Consent) == []


def test_a_consent_is_withdrawn_and_that_undone_on_the_same_day_alone(
    app: Flask, organizer: FlaskClient, person: Person, audited: Callable[[], list[tuple[str, str, int]]]
) -> None:
    organizer.post(f"/desk/people/{person.id}/consents/new", data=AGREED)
    where = f"/desk/people/{person.id}/consents/1/withdraw"
    assert organizer.post(where).status_code == 303
    assert rows(app, Consent)[0].withdrawn_on is not None
    assert organizer.post(where).status_code == 409
    assert organizer.post(where, data={"undo": "1"}).status_code == 303
    assert rows(app, Consent)[0].withdrawn_on is None
    organizer.post(where)
    with app.app_context():
        db.session.scalars(select(Consent)).one().withdrawn_on = date.today() - timedelta(days=3)
        db.session.commit()
    assert organizer.post(where, data={"undo": "1"}).status_code == 409
    assert [action for action, subject, _ in audited() if subject == "consent 1"] == ["add", *["change"] * 3]


def test_a_fee_is_noted_in_minor_units_and_taken_out(app: Flask, organizer: FlaskClient, person: Person) -> None:
    where = f"/desk/people/{person.id}/fees"
    assert organizer.post(f"{where}/new", data=PAID).status_code == 303
    assert organizer.post(f"{where}/new", data=PAID | {"amount": "30.50", "currency": "EUR"}).status_code == 303
    fees: list[FeePayment] = rows(app, FeePayment)
    assert [(fee.amount, fee.currency, fee.note) for fee in fees] == [(60_000, "KRW", "cash"), (3_050, "EUR", "cash")]
    page = organizer.get(f"/desk/people/{person.id}").text
    assert "₩60,000" in page
    assert "€30.50" in page
    assert organizer.post(f"{where}/{fees[0].id}/remove").status_code == 303
    assert len(rows(app, FeePayment)) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"amount": ""}, "Please fill this in."),
        ({"amount": "much"}, "Not a valid decimal value."),
        ({"amount": "-1"}, "Number must be between"),
        ({"amount": "NaN"}, "Number must be between"),
        ({"amount": "Infinity"}, "Number must be between"),
        ({"amount": "0.5"}, "not divided so finely"),
        ({"currency": "XXX"}, "Not a valid choice"),
        ({"paid_until": "2025-12-31"}, "paid for the time to come"),
        ({"note": "900101-1234567"}, "resident registration number"),
    ],
)
def test_a_fee_that_cannot_be_is_refused(
    app: Flask, organizer: FlaskClient, person: Person, changes: dict[str, str], message: str
) -> None:
    answer = organizer.post(f"/desk/people/{person.id}/fees/new", data=PAID | changes)
    assert answer.status_code == 422
    assert message in unescape(answer.text)
    assert rows(app, FeePayment) == []


def test_safety_09_a_year_after_a_leap_day_is_the_last_of_february() -> None:
    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert a_year_after(date(2027, 2, 28)) == date(2028, 2, 28)
