"""The letter that goes with a delivery can be printed in every language in which we ship it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from campaign_app.db import db
from campaign_app.documents import letter_pdf
from campaign_app.petitions import cover_letter
from campaign_app.petitions.models import Petition


@pytest.mark.parametrize("language", ["en", "ko", "fr", "es", "ar"])
@pytest.mark.parametrize("checked", [True, False])
def test_every_language_says_how_many_and_is_printed(
    app: Flask, petition: Petition, language: str, checked: bool
) -> None:
    with app.app_context():
        own = db.session.get_one(Petition, petition.id)
        wording = cover_letter.proposed(own, language, 1234, 14_321, checked=checked)
        assert "{" not in f"{wording}"
        letter = cover_letter.write(own, own.addressees[0], language, wording, "Sample Person", date(2026, 11, 24))
        assert letter_pdf.write(letter).startswith(b"%PDF")


def test_languages_of_the_petition_are_offered_first(app: Flask, petition: Petition) -> None:
    with app.app_context():
        offered = cover_letter.offered(db.session.get_one(Petition, petition.id))
    assert offered[0] == "en"
    assert set(offered) == {"en", "ko", "fr", "es", "ar"}


def test_a_title_is_never_markup(app: Flask, petition: Petition) -> None:
    with app.app_context():
        own = db.session.get_one(Petition, petition.id)
        own.texts[0].title = "{{ 7*7 }} {valid} # *x*"
        wording = cover_letter.proposed(own, "en", 1, 2, checked=True)
        letter = cover_letter.write(own, own.addressees[0], "en", wording, "Sample Person", date(2026, 11, 24))
    assert letter.subject == "Petition: {{ 7*7 }} {valid} # *x*"


def test_the_return_address_becomes_a_senders_block_as_post_abroad_has_it(app: Flask, petition: Petition) -> None:
    with app.app_context():
        own = db.session.get_one(Petition, petition.id)
        own.return_address = "Group 48 Seoul\n12 Sample-ro, Jung-gu\nSeoul 04560"
        wording = cover_letter.proposed(own, "en", 1, 2, checked=True)
        letter = cover_letter.write(own, own.addressees[0], "en", wording, "Sample Person", date(2026, 11, 24))
    assert letter.sender == ("Sample Person", "Group 48 Seoul", "12 Sample-ro, Jung-gu", "SEOUL, 04560, KOREA")
