"""What tests share: an application with its own instance folder, rows to begin with, people signed in, a browser."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, g
from flask.testing import FlaskClient
from flask_security import hash_password
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import inspect
from waitress.server import create_server

from campaign_app import create_app
from campaign_app.access.models import Account
from campaign_app.campaigns.models import Campaign, Kind, Status, Theme
from campaign_app.db import db
from campaign_app.groups.models import Group, GroupStatus
from campaign_app.people.models import Membership, Person, Role
from campaign_app.targets.models import Greeting, Holder, Office, Target
from campaign_app.texts.models import LetterText, TextVersion
from tests.databases import SQLITE_FILE, database, instance, migrated_database, postgresql
from tests.post_box import PostBox, post_box

__all__ = ["database", "instance", "migrated_database", "postgresql"]  # fixtures

PASSWORD = "the rain in Gyeonggi-do"
CHEAP_ARGON2 = {"argon2__rounds": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
PATIENCE = 20_000  # ms that a page may take on a busy machine
expect.set_options(timeout=PATIENCE)
hypothesis.settings.register_profile("patient", deadline=None)  # a busy machine is no fault of what is tested
hypothesis.settings.load_profile("patient")
os.environ["TZ"] = "Asia/Seoul"  # a day of the tests is a day of the section, at whatever hour they run
time.tzset()
AXE = Axe()
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

SETTINGS: dict[str, Any] = {
    "TESTING": True,
    "SECRET_KEY": "a key that is long enough, and only for tests",
    "PRESS_PROCESSES": 0,
    "WTF_CSRF_CHECK_DEFAULT": False,
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": CHEAP_ARGON2,
}

SignIn = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """The templates as code, so that not every application of a test compiles them again."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(instance: Path, database: str, compiled_templates: BytecodeCache) -> Iterator[Flask]:
    """The application on an empty database, in an instance folder of its own."""
    app = create_app(instance, DATABASE_URL=database, **SETTINGS)
    app.jinja_env.bytecode_cache = compiled_templates
    app.before_request(_take_forms_without_a_token)
    yield app
    with app.app_context():
        db.engine.dispose()


def _take_forms_without_a_token() -> None:
    """Pages carry their tokens as ever, but tests need not read them first; ``site`` insists on them."""
    g.csrf_valid = True


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor without an account."""
    return app.test_client()


def store(app: Flask, *rows: Any) -> None:
    """Store new rows; their values and the rows they refer to stay readable outside of the application context."""
    with app.app_context():
        db.session.add_all(rows)
        db.session.commit()
        for row in rows:
            db.session.refresh(row)
            db.session.refresh(row, inspect(row).mapper.relationships.keys())
        db.session.expunge_all()


def change(app: Flask, row: Any, **values: Any) -> None:
    """Change a stored row."""
    with app.app_context():
        stored = db.session.get_one(type(row), row.id)
        for name, value in values.items():
            setattr(stored, name, value)
        db.session.commit()


@pytest.fixture
def group(app: Flask) -> Group:
    group = Group(
        number=48, name="Group 48 Seoul", slug="group-48", status=GroupStatus.REGISTERED, languages=["en", "ko"],
        city="Seoul", country="KR", return_address="Group 48\n12 Sample-ro, Jung-gu\nSeoul 04560",
    )  # fmt: skip
    store(app, group)
    return group


@pytest.fixture
def target(app: Flask) -> Target:
    target = Target(
        key="egypt-president", office=Office.HEAD_OF_STATE, position="President of the Arab Republic of Egypt",
        institution="Office of the President", lines="Al Ittihadia Palace\nCairo", country="EG", languages=["ar", "en"],
        holders=[Holder(honorific="H.E.", name="Sample Holder")],
        greetings=[Greeting(language="en", salutation="Your Excellency,", closing="Yours respectfully,")],
    )  # fmt: skip
    store(app, target)
    return target


@pytest.fixture
def campaign(app: Flask, group: Group, target: Target) -> Campaign:
    """An open campaign of ``group`` to one target in Egypt, with an English text."""
    campaign = Campaign(
        group_id=group.id, slug="nadia-example", title="Free Nadia Example", kind=Kind.CASE,
        theme=Theme.FREEDOM_OF_EXPRESSION, country="EG", reference="UA 60/26", index="MDE 12/0060/2026",
        person="Nadia Example", story="Nadia Example has been detained since March for a poem.",
        demands="Release Nadia Example.", opens_on=date.today() - timedelta(days=30),
        post_by=date.today() + timedelta(days=30), goal=100, status=Status.OPEN,
    )  # fmt: skip
    version = TextVersion(
        number=1, subject="Appeal for {{ person }}", salutation="Dear Sir or Madam,", closing="Yours faithfully,",
        body="{{ introduction }} I am writing about {{ person }}.\n\n{{ own_words }}\n\nPlease release {{ person }}.",
    )  # fmt: skip
    with app.app_context():
        campaign.targets = [db.session.get_one(Target, target.id)]
    store(app, version, LetterText(campaign=campaign, language="en", versions=[version]), campaign)
    return campaign


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """Make an account with a role, in a group or for the section, and sign it in through the form."""

    def signed_in(role: Role, group: Group | None = None, email: str = "") -> FlaskClient:
        email = email or f"{role}.{group.number if group else 'section'}@example.org"
        person = Person(name=f"{role} person".title())
        membership = Membership(role=role, group_id=group and group.id, starts_on=date(2020, 1, 1))
        person.memberships.append(membership)
        with app.app_context():
            password = hash_password(PASSWORD)
        store(app, Account(email=email, password=password, fs_uniquifier=email, person=person))
        client = app.test_client()
        answer = client.post("/sign-in", data={"email": email, "password": PASSWORD})
        assert answer.status_code in (302, 303), answer.text
        return client

    return signed_in


@pytest.fixture
def organizer(sign_in: SignIn, group: Group) -> FlaskClient:
    """An organizer of ``group``, signed in."""
    return sign_in(Role.ORGANIZER, group)


@pytest.fixture
def stranger(app: Flask, sign_in: SignIn) -> FlaskClient:
    """An organizer of another group, signed in."""
    other = Group(number=7, name="Group 7 Busan", slug="group-7")
    store(app, other)
    return sign_in(Role.ORGANIZER, other)


@pytest.fixture
def mail(app: Flask) -> Iterator[PostBox]:
    """A mail server, and the application told of it."""
    with post_box(app) as server:
        yield server


@pytest.fixture
def staff(sign_in: SignIn) -> FlaskClient:
    """A person of the section's staff, signed in."""
    return sign_in(Role.STAFF)


@dataclass(frozen=True)
class Site:
    """The running site: its address, and the application for a look behind it."""

    url: str
    app: Flask


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, migrated_database: Path) -> Iterator[Site]:
    """The real application with the demo section, served on a free loopback port."""
    yield from serve(tmp_path_factory.mktemp("site"), migrated_database)


def serve(instance: Path, migrated_database: Path) -> Iterator[Site]:
    from campaign_app.demo import loader

    shutil.copy(migrated_database, instance / SQLITE_FILE)
    app = create_app(instance, DEMO=True, PRESS_PROCESSES=0, SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=CHEAP_ARGON2)
    with app.app_context():
        loader.load(date.today())
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    app.config["SITE_URL"] = url = f"http://127.0.0.1:{server.effective_port}"  # type: ignore[union-attr]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(url, app)
    server.close()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which asks nobody on the internet for anything."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=quiet + root)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of a new visitor at a desk; addresses are relative to the site."""
    yield from _page(browser, site, viewport={"width": 1280, "height": 900})


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of a new visitor on a phone, 390 px wide."""
    yield from _page(browser, site, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


def _page(browser: Browser, site: Site, **device: Any) -> Iterator[Page]:
    """A page that must raise no script error, break no content policy and ask nobody else for anything."""
    context = browser.new_context(base_url=site.url, locale="en-GB", accept_downloads=True, **device)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
    page.on("request", lambda request: wrong.append(request.url) if _leads_away(request.url, site) else None)
    yield page
    with suppress(Exception):  # the test may have closed it
        context.close()
    assert wrong == []


def _leads_away(address: str, site: Site) -> bool:
    return address.startswith("http") and urlsplit(address).netloc != urlsplit(site.url).netloc


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Assert that axe finds nothing to mend for accessibility on a page."""

    def assert_accessible(page: Page) -> None:
        page.wait_for_load_state()  # a click that led here returns once the page began to come
        results = AXE.run(page, options=AXE_RULES)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return assert_accessible


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many bad inputs were tried and met as ``SAFETY`` has it, and how large the matrix of roles and pages is."""
    met, missed = (
        sum(report.when == "call" and "::test_safety_" in report.nodeid for report in terminalreporter.getreports(how))
        for how in ("passed", "failed")
    )
    if met or missed:
        terminalreporter.write_line(f"Bad input: {met + missed} tried, {met} met as written.")
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "matrix":
                terminalreporter.write_line(f"Matrix: {value}.")
