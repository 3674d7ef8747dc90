"""From an invitation to a signed-in organizer with a second factor, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PATIENCE, Site

pytestmark = pytest.mark.browser

PASSWORD = "a sentence that nobody guesses"
GROUP = "Group 48 Seoul"


def code_of(key: str, later: timedelta = timedelta(0)) -> str:
    moment = int((datetime.now(UTC) + later).timestamp())
    return str(TOTP(key=key.replace("-", "").replace(" ", "")).generate(moment).token)


def invited(page: Page, email: str, group: str = GROUP) -> str:
    """The path of an invitation that staff makes."""
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in as Haneul Seok").click()
    path = invite(page, email, group)
    page.get_by_role("button", name="Sign out").click()
    return path


def invite(page: Page, email: str, group: str, role: str = "Organizer") -> str:
    """The path of an invitation by whoever is signed in, its link copied."""
    page.goto("/desk")
    page.get_by_role("link", name="Accounts and invitations").click()
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Role").select_option(label=role)
    page.get_by_label("Group").select_option(label=group)
    page.get_by_role("button", name="Invite").click()
    return urlsplit(page.get_by_label("The link").input_value()).path


def accept(page: Page, path: str, email: str, name: str = "Oksana Testova", group: str = GROUP) -> None:
    page.goto(path)
    expect(page.get_by_text(group)).to_be_visible()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The password once more").fill(PASSWORD)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()


def type_password(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_coordinator_is_invited_sets_up_an_app_prints_codes_and_signs_in_with_both(
    page: Page, axe: Callable[[Page], None]
) -> None:
    email = "coordinator@example.org"
    accept(page, invited(page, email), email)
    axe(page)
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_role("button", name="Show the code for my app").click()
    axe(page)
    key = page.locator("kbd").inner_text()
    page.get_by_label("Code").fill(code_of(key))
    page.get_by_role("button", name="Set up").click()
    page.get_by_role("link", name="Make recovery codes").click()
    page.get_by_role("button", name="Make recovery codes").click()
    codes = page.locator(".codes kbd").all_inner_texts()
    assert len(codes) == 10
    axe(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Site")).to_be_hidden()
    expect(page.get_by_text(codes[0])).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Sign out").click()

    type_password(page, email)
    axe(page)
    page.get_by_label("Code").fill(code_of(key, timedelta(seconds=30)))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    type_password(page, email)
    page.get_by_role("link", name="take a recovery code").click()
    page.get_by_label("Recovery code").fill(codes[3])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()


@pytest.fixture
def with_device(browser: Browser, site: Site) -> Iterator[Page]:
    """A page whose browser has a device for passkeys. These need a host's name, where an address is not enough."""
    context = browser.new_context(base_url=site.url.replace("127.0.0.1", "localhost"), locale="en-GB")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()
    assert wrong == []


def test_a_passkey_signs_in_alone_and_as_the_second_factor(with_device: Page, axe: Callable[[Page], None]) -> None:
    page, email = with_device, "passkey@example.org"
    accept(page, invited(page, email), email)
    page.get_by_text("Add a passkey").first.click()
    page.get_by_label("Name of the passkey").fill("This laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    expect(page.get_by_role("cell", name="This laptop")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Sign out").click()

    page.goto("/sign-in?next=/targets/")
    page.get_by_role("link", name="Use a passkey").click()
    axe(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile(r"/targets/$"))
    page.get_by_role("button", name="Sign out").click()

    type_password(page, email)
    expect(page.get_by_role("heading", name="Sign in with a passkey")).to_be_visible()
    page.goto("/desk")  # the password alone opens nothing
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    type_password(page, email)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()
