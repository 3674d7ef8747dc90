from __future__ import annotations

from dataclasses import astuple

from flask import Flask

from campaign_app.documents import checklist, labels, rulers
from campaign_app.documents.case_sheet import Words
from campaign_app.documents.envelopes import Hint
from campaign_app.documents.paper import LABEL_SHEETS
from campaign_app.documents.unfit import NoRoom
from campaign_app.print_runs import paper_words
from campaign_app.print_runs.postage import NoZone, TooHeavy


def test_the_words_are_those_that_paper_has_by_itself(app: Flask) -> None:
    with app.test_request_context():
        assert paper_words.of_checklist() == checklist.Words()
        assert paper_words.of_test_page() == rulers.Words()
        assert paper_words.of_case_sheet("my") == Words()


def test_paper_can_be_printed_in_korean(app: Flask) -> None:
    with app.test_request_context("/?lang=ko"):
        app.preprocess_request()
        words = paper_words.of_test_page()
        assert words.language == "ko"
        assert labels.write_test_page(LABEL_SHEETS["L7163"], words)
        assert all(astuple(paper_words.of_checklist()))


def test_every_problem_says_what_it_is_about(app: Flask) -> None:
    with app.test_request_context():
        assert "Asmara" in paper_words.of_no_room(NoRoom("addressee", "Asmara"))
        assert "Asmara" in paper_words.of_no_room(NoRoom("sender", "Asmara"))
        assert "Eritrea" in paper_words.of_postage(NoZone("ER"))
        assert "no country" in paper_words.of_postage(NoZone(""))
        assert "70 g" in paper_words.of_postage(TooHeavy("Zone 3", 70))
        assert all(paper_words.of_hint(hint) for hint in Hint)
