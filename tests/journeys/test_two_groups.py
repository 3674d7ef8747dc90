"""Two groups of one section, as new users find them: apart, handed over, and forgetting whoever asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from campaign_app import create_app
from campaign_app.db import db, now
from campaign_app.invariants import broken
from campaign_app.jobs.worker import work_next
from campaign_app.people.models import Person
from campaign_app.privacy import tombstones
from campaign_app.tables.writing import write_xlsx
from campaign_app.upkeep import backup, restore
from tests.conftest import Site, _page, serve
from tests.journeys.test_sign_in import accept, invite, invited, type_password
from tests.journeys.two_groups import addresses, close_the_log, sealed, told_by
from tests.people.test_people_journey import fits

pytestmark = pytest.mark.browser

Axe = Callable[[Page], None]
PASSPHRASE = "birds that sing before dawn"
HEADER = ("name", "email", "occupation", "street", "city", "postcode", "country", "language")
CAMPAIGN = "A bookbinder is losing his sight in prison"


@dataclass(frozen=True)
class Somebody:
    name: str
    email: str


@dataclass(frozen=True)
class OneGroup:
    """A group with what must not be seen by the other, and its people's rows in a roster."""

    number: int
    name: str
    coordinator: Somebody
    question: str
    roster: tuple[tuple[str, ...], ...]

    @property
    def secrets(self) -> tuple[str, ...]:
        return (
            self.coordinator.name,
            self.coordinator.email,
            self.question,
            *(c for row in self.roster for c in row[:4]),
        )


CANARY = Somebody("Canary Nightingale", "canary.nightingale@example.org")
CANARIES = (CANARY.name, CANARY.email, "lighthouse painter", "Canarystreet 99")
SUCCESSOR = Somebody("Ilse Nachfolge", "ilse@example.org")
SEA = OneGroup(
    901, "Sea Group", Somebody("Marit Seaworthy", "marit@example.org"), "Which harbour first?",
    (
        (*CANARIES, "Seoul", "04560", "KR", "en"),
        (SUCCESSOR.name, SUCCESSOR.email, "pilot of ferries", "Pier 7", "Incheon", "22300", "KR", "en"),
    ),
)  # fmt: skip
HILL = OneGroup(
    902, "Hill Group", Somebody("Bora Hillwalker", "bora@example.org"), "Which summit first?",
    (("언덕바람", "wind@example.org", "mender of stiles", "고개길 12", "Daegu", "41900", "KR", "ko"),),
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> Iterator[Site]:
    """A site of its own, for in the end its whole instance is searched."""
    yield from serve(tmp_path_factory.mktemp("section"), migrated_database)


@pytest.fixture
def tablet(browser: Browser, site: Site) -> Iterator[Page]:
    yield from _page(browser, site, viewport={"width": 820, "height": 1180})


def test_two_groups_are_apart_one_is_handed_over_and_a_member_goes_without_a_trace(
    page: Page, phone: Page, tablet: Page, site: Site, axe: Axe, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    paths = staff_make_groups(page, axe)
    for here, group, path in zip((page, phone), (SEA, HILL), paths, strict=True):
        accept(here, path, group.coordinator.email, group.coordinator.name, group.name)
        import_roster(here, group, axe, tmp_path)
        put_a_question(here, group, axe)
        print_letters(here, site, group, axe)
    sees_nothing_of(phone, SEA, HILL, site)
    sees_nothing_of(page, HILL, SEA, site)

    for somebody in (CANARY, SUCCESSOR):
        path = invite(page, somebody.email, SEA.name, "Member")
        accept(tablet, path, somebody.email, somebody.name, SEA.name)
        tablet.get_by_role("button", name="Sign out").click()
    a_member_goes(tablet, site, axe, tmp_path)
    assert not any(canary in caplog.text for canary in CANARIES)

    hand_over(page, axe)
    with time_machine.travel(f"{date.today() + timedelta(days=1)}T00:00:10+09:00"):
        has_lost_access(page, site)
        takes_over(tablet, axe)


def staff_make_groups(page: Page, axe: Axe) -> list[str]:
    """The paths of the invitations, whose links are copied."""
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in as Haneul Seok").click()
    for group in (SEA, HILL):
        page.get_by_role("link", name="Groups").first.click()
        page.get_by_role("link", name="New group").click()
        page.get_by_label("Number").fill(str(group.number))
        page.get_by_label("Name").fill(group.name)
        page.get_by_role("button", name="Create the group").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(group.name)
        axe(page)
    page.get_by_role("button", name="Sign out").click()
    return [invited(page, group.coordinator.email, group.name) for group in (SEA, HILL)]


def import_roster(page: Page, group: OneGroup, axe: Axe, folder: Path) -> None:
    """The sea group has a CSV, the hill group a workbook."""
    file = folder / ("roster.csv" if group is SEA else "roster.xlsx")
    if group is SEA:
        file.write_text("\n".join(",".join(row) for row in (HEADER, *group.roster)))
    else:
        with file.open("wb") as stream:
            write_xlsx(stream, HEADER, group.roster, now())
    page.goto("/desk")
    page.get_by_role("link", name="Groups").first.click()
    page.get_by_role("link", name="People", exact=True).first.click()
    page.get_by_role("link", name="Import from a spreadsheet").first.click()
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("checkbox", name="Letters in one’s name").check()
    page.locator("#given_on").fill(date.today().isoformat())
    axe(page)
    page.get_by_role("button", name=re.compile(r"Add \d pe")).click()
    expect(page.get_by_role("link", name=group.roster[0][0])).to_be_visible()
    axe(page)
    fits(page)


def put_a_question(page: Page, group: OneGroup, axe: Axe) -> None:
    page.get_by_role("link", name="Groups").first.click()
    page.get_by_role("link", name="Decisions").click()
    page.get_by_role("link", name="Put a question").click()
    page.get_by_label("Question").fill(group.question)
    page.get_by_label("Options").fill("This one\nThat one")
    page.get_by_role("button", name="Put the question").click()
    expect(page.get_by_role("heading", name=group.question)).to_be_visible()
    axe(page)


def print_letters(page: Page, site: Site, group: OneGroup, axe: Axe) -> None:
    """A run of the group's own people, for a campaign that is open."""
    page.get_by_role("link", name="Desk").first.click()
    page.get_by_role("link", name="Print runs").click()
    page.get_by_role("link", name=re.compile(CAMPAIGN)).first.click()
    page.get_by_role("button", name="Check the letters").click()
    work(site.app)
    page.reload()
    page.get_by_role("button", name=re.compile(r"Make \d letter")).click()
    work(site.app)
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="Letters", exact=True).click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF"), group.name
    axe(page)


def work(app: Flask) -> None:
    with app.app_context():
        while work_next():
            pass


def sees_nothing_of(page: Page, other: OneGroup, own: OneGroup, site: Site) -> None:
    """Neither at the addresses of what is the other's, nor anywhere on the pages that one's own links lead to."""
    theirs = [each for each in addresses(site.app, other.name) if each not in addresses(site.app, own.name)]
    assert len(theirs) > 60
    page.goto("/desk")
    token = page.locator("input[name=csrf_token]").first.get_attribute("value") or ""
    for method, address in theirs:
        form = {"csrf_token": token} if method == "POST" else None
        answer = page.request.fetch(address, method=method, form=form, max_redirects=0)
        assert answer.status in (403, 404), f"{method} {address}: {answer.status}"
        assert not told(answer.text(), other)
    rules = [rule for rule in site.app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())]
    general = [str(rule) for rule in rules if not str(rule).startswith("/sign-in")]  # which would begin another session
    mine = [address for method, address in addresses(site.app, own.name) if method == "GET"]
    for address in (*general, *mine):
        assert not told(page.request.get(address).text(), other), address
    searched = {"csrf_token": token, "q": other.roster[0][0]}
    assert not told(page.request.post("/desk/people/", form=searched).text().replace(searched["q"], ""), other)


def told(text: str, group: OneGroup) -> list[str]:
    return [secret for secret in group.secrets if secret in text]


def a_member_goes(page: Page, site: Site, axe: Axe, folder: Path) -> None:
    """By the member's own hand; nothing is left, not even in the restore of a backup that knew them."""
    type_password(page, CANARY.email)
    page.goto("/me")
    axe(page)
    for canary in CANARIES:
        expect(page.get_by_text(canary).first).to_be_visible()
    before, file = sealed(site.app), folder / "section.backup"
    with site.app.app_context():
        backup.write(file, PASSPHRASE)
        [gone] = [person.id for person in db.session.scalars(select(Person)) if person.name == CANARY.name]
        db.session.rollback()
    assert {canary for canary in CANARIES if found(site.app, canary)} == set(CANARIES)

    page.get_by_role("link", name="Delete me…").click()
    axe(page)
    page.get_by_label("Type the word").fill("delete")
    page.get_by_role("button", name="Delete me for good").click()
    expect(page.get_by_role("heading", name="You are deleted")).to_be_visible()
    axe(page)
    assert page.request.get("/me", max_redirects=0).status == 302
    close_the_log(site.app)
    is_gone(site.app, gone, before - sealed(site.app))

    restored = folder / "restored"
    told = restore.restore(file, PASSPHRASE, restored, Path(site.app.instance_path, tombstones.FILE))
    assert told.erased_again == 1
    close_the_log(again := create_app(restored, PRESS_PROCESSES=0))
    is_gone(again, gone, before - sealed(again))


def is_gone(app: Flask, person_id: int, ciphertexts: set[str]) -> None:
    assert not [canary for canary in CANARIES if found(app, canary)]
    assert ciphertexts
    assert not [name for name in ciphertexts if found(app, name)]
    with app.app_context():
        assert db.session.get(Person, person_id) is None
        for table in db.metadata.sorted_tables:
            for column in table.columns:
                if column.name.endswith("person_id") and table.name != "audit_entry":
                    assert not db.session.execute(select(table).where(column == person_id)).all(), table.name
        assert list(broken()) == []
        db.session.remove()


def found(app: Flask, text: str) -> bool:
    return any(text.encode() in content for content in told_by(app))


def hand_over(page: Page, axe: Axe) -> None:
    page.goto("/desk")
    page.get_by_role("link", name="Groups").first.click()
    page.get_by_role("link", name="Hand over").click()
    axe(page)
    page.get_by_role("button", name="Choose a successor").click()
    page.get_by_label("Who takes over").select_option(label=SUCCESSOR.name)
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_role("status")).to_contain_text("is arranged")
    axe(page)


def has_lost_access(page: Page, site: Site) -> None:
    """What was one's own is nobody's business of a member."""
    page.context.clear_cookies()
    type_password(page, SEA.coordinator.email)
    expect(page).to_have_url(re.compile("/my-group/$"))
    for method, address in addresses(site.app, SEA.name):
        if method == "GET" and not address.startswith("/my-group/"):
            assert page.request.get(address, max_redirects=0).status in (403, 404), address


def takes_over(page: Page, axe: Axe) -> None:
    """The successor signs in, sets up a second factor, and has the group."""
    type_password(page, SUCCESSOR.email)
    page.goto("/desk/groups/")
    expect(page.get_by_role("heading", level=1)).to_have_text(SEA.name)
    axe(page)
