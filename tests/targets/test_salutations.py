"""Letters greet an office as it was agreed, else as it is proposed."""

from __future__ import annotations

import pytest

from campaign_app.languages import LETTER_LANGUAGES
from campaign_app.targets.models import Greeting, Office, Target
from campaign_app.targets.salutations import greeting_for, proposal


@pytest.mark.parametrize("office", Office)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_office_has_a_proposal_in_english_and_korean(office: Office, language: str) -> None:
    assert all(proposal(office, language))


@pytest.mark.parametrize("office", Office)
def test_a_proposal_is_a_line_without_a_name_to_fill_in(office: Office) -> None:
    texts = [text for language in LETTER_LANGUAGES for text in proposal(office, language) if text]
    assert not [text for text in texts if len(text) > 300 or any(mark in text for mark in "{}[]<>\n")]


@pytest.mark.parametrize(("office", "language"), [("minister", "tlh"), ("gardener", "en"), ("", "en")])
def test_where_nothing_is_known_nothing_is_proposed(office: str, language: str) -> None:
    assert proposal(office, language) == ("", "")


def test_what_was_agreed_comes_before_what_is_proposed() -> None:
    greetings = [Greeting(language="en", salutation="Dear President Sample,", closing="Yours sincerely,")]
    target = Target(office=Office.HEAD_OF_STATE, greetings=greetings)
    assert greeting_for(target, "en") == ("Dear President Sample,", "Yours sincerely,")
    assert greeting_for(target, "ko") == proposal(Office.HEAD_OF_STATE, "ko")


def test_each_half_of_a_greeting_is_proposed_by_itself() -> None:
    target = Target(office=Office.JUDGE, greetings=[Greeting(language="en", salutation="My Lord,", closing="")])
    assert greeting_for(target, "en") == ("My Lord,", proposal(Office.JUDGE, "en")[1])
