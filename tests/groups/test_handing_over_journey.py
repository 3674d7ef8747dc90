"""A member votes on a phone; a coordinator hands over at a desk, by keyboard, and loses access at midnight."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
import time_machine
from playwright.sync_api import Page, expect
from sqlalchemy import select

from campaign_app.access.accounts import new_account, with_role
from campaign_app.access.sign_in import DEMO_PASSWORD
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.groups.models import Duty, Group, Officer
from campaign_app.people.models import Person, Role
from tests.conftest import Site

pytestmark = pytest.mark.browser

Axe = Callable[[Page], None]
QUESTION = "Which lantern do we carry?"


@dataclass(frozen=True)
class Lantern:
    """A group of three in the running site: who coordinates it, who will, and a member."""

    page: str
    coordinator: str
    successor: str
    member: str
    tomorrow: date


@pytest.fixture(scope="module")
def lantern(site: Site) -> Iterator[Lantern]:
    emails = {name: f"{name}.lantern@example.org" for name in ("coordinator", "successor", "member")}
    with site.app.app_context():
        day = today()
        group = Group(number=900, name="Lantern Group", slug="lantern-group", return_address="Box 9\nSEOUL, KOREA")
        db.session.add(group)
        db.session.flush()
        for name, email in emails.items():
            person = Person(name=f"Ilse {name.title()}", email=email)
            with_role(person, Role.ORGANIZER if name == "coordinator" else Role.MEMBER, group, day)
            db.session.add(new_account(person, email, DEMO_PASSWORD, demo=True))
            if name == "coordinator":
                group.officers.append(Officer(person=person, duty=Duty.COORDINATOR, starts_on=day))
        db.session.commit()
    yield Lantern("/desk/groups/lantern-group", **emails, tomorrow=day + timedelta(days=1))
    with site.app.app_context():  # other journeys find the site as the demo leaves it
        for person in db.session.scalars(select(Person)).all():
            if person.email in emails.values():
                db.session.delete(person)
        db.session.delete(db.session.scalars(select(Group).filter_by(slug="lantern-group")).one())
        db.session.commit()


def sign_in(page: Page, email: str) -> None:
    page.context.clear_cookies()
    page.goto("/sign-in")
    form = page.locator("form", has=page.get_by_label("Password"))
    form.get_by_label(re.compile("E-?mail", re.I)).fill(email)
    form.get_by_label("Password").fill(DEMO_PASSWORD)
    with page.expect_navigation():
        form.get_by_role("button", name="Sign in", exact=True).click()


def press(page: Page, role: str, name: str | re.Pattern[str]) -> None:
    """Reach something by its name and press it by keyboard alone."""
    control = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    control.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tap(page: Page, role: str, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role(role, name=name).first.tap()  # type: ignore[arg-type]


def check(page: Page, axe: Axe) -> None:
    axe(page)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url


def test_a_member_votes_on_a_phone(page: Page, phone: Page, axe: Axe, lantern: Lantern) -> None:
    sign_in(page, lantern.coordinator)
    page.goto(lantern.page)
    press(page, "link", "Decisions")
    check(page, axe)
    press(page, "link", "Put a question")
    page.get_by_label("Question").fill(QUESTION)
    page.get_by_label("Options").fill("The red one\nThe blue one")
    press(page, "button", "Put the question")
    check(page, axe)
    expect(page.get_by_text("Nobody has voted yet")).to_be_visible()

    sign_in(phone, lantern.member)
    expect(phone).to_have_url(re.compile("/my-group/$"))
    check(phone, axe)
    tap(phone, "link", "Vote")
    phone.get_by_label("The blue one").tap()
    check(phone, axe)
    tap(phone, "button", "Vote")
    expect(phone.get_by_role("status")).to_contain_text("Your vote is counted")
    check(phone, axe)
    tap(phone, "link", "My group")
    expect(phone.get_by_text("Nothing waits for your vote")).to_be_visible()
    check(phone, axe)

    page.reload()
    page.get_by_text("Close it today…").click()
    press(page, "button", "Close it now")
    expect(page.get_by_text("1 vote", exact=False).first).to_be_visible()
    check(page, axe)
    phone.reload()
    expect(phone.get_by_role("listitem").filter(has_text=QUESTION)).to_contain_text("The blue one")


def test_a_coordinator_hands_over_and_loses_access_at_midnight(
    page: Page, phone: Page, axe: Axe, lantern: Lantern
) -> None:
    sign_in(page, lantern.coordinator)
    page.goto(lantern.page)
    press(page, "link", "Hand over")
    check(page, axe)
    page.get_by_role("textbox", name="Stamps").fill("40 for airmail")
    press(page, "button", re.compile("Tick off.*Stamps and cash"))
    expect(page.get_by_text("1 of 6 ticked off")).to_be_visible()
    page.get_by_role("textbox", name="Notes").fill("The key is under the lantern.")
    page.get_by_role("textbox", name="Cash").fill("43,000 won")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("What you wrote is kept")
    press(page, "button", "Choose a successor")
    check(page, axe)
    press(page, "button", "Hand over")
    expect(page.get_by_role("alert")).to_contain_text("Please choose one")
    check(page, axe)
    page.get_by_label("Who takes over").select_option(label="Ilse Successor")
    page.get_by_label("First day of the new coordinator").fill(lantern.tomorrow.isoformat())
    press(page, "button", "Hand over")
    expect(page.get_by_role("status")).to_contain_text("is arranged")
    check(page, axe)
    pack = taken(page)
    assert "Ilse Successor" in pack
    assert "40 for airmail" in pack
    assert "under the lantern" not in pack

    sign_in(phone, lantern.successor)
    expect(phone).to_have_url(re.compile("/my-group/$"))
    assert phone.goto(f"{lantern.page}/handover/").status == 403  # type: ignore[union-attr]
    with time_machine.travel(f"{lantern.tomorrow}T00:00:10+09:00"):
        sign_in(page, lantern.coordinator)
        assert page.goto(f"{lantern.page}/handover/").status == 403  # type: ignore[union-attr]
        expect(page.get_by_role("link", name="Groups")).to_have_count(0)
        sign_in(phone, lantern.successor)
        expect(phone).to_have_url(re.compile("/desk$"))
        phone.goto(f"{lantern.page}/handover/")
        expect(phone.get_by_text("The key is under the lantern.")).to_be_visible()
        check(phone, axe)


def taken(page: Page) -> str:
    """What the pack says."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Print the pack").click()
    pdf = pypdfium2.PdfDocument(Path(download.value.path()).read_bytes())
    return " ".join(" ".join(sheet.get_textpage().get_text_bounded() for sheet in pdf).split())
