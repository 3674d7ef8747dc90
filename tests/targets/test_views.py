"""The directory's pages: entering, changing, checking and deleting a target."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campaign_app.campaigns.models import Campaign, Kind, Status, Theme
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.targets.models import Holder, Office, Part, Target
from campaign_app.targets.salutations import proposal

MINISTER = {
    "office": "minister", "position": "Minister of Justice", "institution": "Ministry of Justice", "part": "to",
    "country": "ER", "lines": "P.O. Box 241\nAsmara", "languages": ["ar", "en"], "represents": "",
}  # fmt: skip


def stored(app: Flask) -> Target:
    """The one target of the directory, with all that belongs to it."""
    with app.app_context():
        target = db.session.scalars(select(Target)).one()
        assert target.holders is not None
        assert target.greetings is not None
        db.session.expunge_all()
        return target


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Target.id))) or 0


def form_of(target: Target, **changes: Any) -> dict[str, Any]:
    """What a browser sends for a target's form as it stands, but for ``changes``."""
    same = ("office", "position", "institution", "part", "represents", "languages", "country", "lines", "native_lines")
    values = {name: getattr(target, name) for name in same}
    if holder := target.holder:
        values |= {"honorific": holder.honorific, "holder": holder.name}
    for greeting in target.greetings:
        values |= {
            f"salutation_{greeting.language}": greeting.salutation,
            f"closing_{greeting.language}": greeting.closing,
        }
    return values | changes


def test_an_empty_directory_says_what_to_do(organizer: FlaskClient) -> None:
    page = organizer.get("/targets/").text
    assert "Add the first office" in page
    assert 'name="words"' not in page


def test_a_target_in_a_country_without_an_address_format_is_entered(app: Flask, organizer: FlaskClient) -> None:
    answer = organizer.post("/targets/new", data=MINISTER)
    assert answer.status_code == 303
    target = stored(app)
    assert answer.location == f"/targets/{target.id}"
    assert (target.office, target.country, target.lines) == (Office.MINISTER, "ER", "P.O. Box 241\nAsmara")
    assert target.languages == ["ar", "en"]
    page = organizer.get(answer.location).text
    assert "Minister of Justice\nMinistry of Justice\nP.O. Box 241\nAsmara\nERITREA" in page
    assert "Worth another look" not in page


def test_everything_of_a_target_is_kept(app: Flask, organizer: FlaskClient) -> None:
    more = {
        "country": "KR", "lines": " 47 Gwanmun-ro \r\n\r\nGwacheon-si 13809", "native_lines": "법무부 장관",
        "honorific": "Mr.",
        "holder": "김보기", "since": "2024-02-01", "verified_on": "2025-12-31", "notes": "By telephone.\nAsk again.",
        "salutation_ko": "장관님께", "closing_ko": "삼가 올립니다.", "salutation_ar": "معالي الوزير،",
    }  # fmt: skip
    assert organizer.post("/targets/new", data=MINISTER | more).status_code == 303
    target = stored(app)
    assert target.lines == "47 Gwanmun-ro\nGwacheon-si 13809"
    assert target.native_lines == "법무부 장관"
    assert [(h.full_name, h.since, h.until) for h in target.holders] == [("Mr. 김보기", date(2024, 2, 1), None)]
    assert (target.verified_on, target.notes) == (date(2025, 12, 31), "By telephone.\nAsk again.")
    greetings = {greeting.language: (greeting.salutation, greeting.closing) for greeting in target.greetings}
    assert greetings == {"ko": ("장관님께", "삼가 올립니다."), "ar": ("معالي الوزير،", "")}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"position": ""}, "Please fill this in."),
        ({"position": "   "}, "Please fill this in."),
        ({"country": ""}, "Please fill this in."),
        ({"country": "XX"}, "Not a valid choice."),
        ({"office": "gardener"}, "Not a valid choice."),
        ({"lines": " \n "}, "Please fill this in."),
        ({"lines": "\n".join("123456789")}, "At most 8 lines fit on an envelope."),
        ({"native_lines": "\n".join("123456789")}, "At most 8 lines fit on an envelope."),
        ({"lines": "Palace\n" + "x" * 61}, "Line 2 has more than 60 characters"),
        ({"position": "x" * 151}, "150 characters"),
        ({"holder": "x" * 301}, "At most 300 characters."),
        ({"lines": "Asmara\x00"}, "These characters cannot be printed: U+0000."),
        ({"position": "Minister\x1b"}, "These characters cannot be printed: U+001B."),
        ({"salutation_en": "Dear \ufffe"}, "These characters cannot be printed: U+FFFE."),
        ({"salutation_en": "x" * 301}, "At most 300 characters."),
        ({"notes": "a" + "\u0301" * 20_001}, "At most 20000 characters."),
        ({"part": "embassy"}, "An embassy speaks for a country."),
        ({"part": "embassy", "represents": "ER"}, "An embassy stands in another country"),
        ({"verified_on": "2999-01-01"}, "That day is still to come."),
        ({"honorific": "H.E."}, "An honorific stands before a name."),
        ({"since": "soon"}, "Not a valid date value."),
        ({"languages": ["tlh"]}, "is not a valid choice"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_at_its_field_and_stays_typed(
    app: Flask, organizer: FlaskClient, changes: dict[str, Any], message: str
) -> None:
    answer = organizer.post("/targets/new", data=MINISTER | {"institution": "Typed <b>ministry</b>"} | changes)
    assert answer.status_code == 422
    assert message in answer.text
    assert 'value="Typed &lt;b&gt;ministry&lt;/b&gt;"' in answer.text
    assert count(app) == 0


def test_text_is_kept_in_one_form_without_direction_controls(app: Flask, organizer: FlaskClient) -> None:
    typed = {
        "position": "\u202eMinister\u202c of  Justice",
        "holder": "\u1100\u1175\u11b7",
        "institution": "وزارة\u200f العدل",
    }
    organizer.post("/targets/new", data=MINISTER | typed)
    target = stored(app)
    assert (target.position, target.institution) == ("Minister of Justice", "وزارة العدل")
    assert target.holder is not None
    assert target.holder.name == "김"


def test_what_looks_like_markup_is_shown_as_typed(organizer: FlaskClient) -> None:
    typed = dict.fromkeys(
        ("position", "holder", "notes", "lines", "salutation_en"), "<script>alert(1)</script>{{ 7*7 }}"
    )
    answer = organizer.post("/targets/new", data=MINISTER | typed, follow_redirects=True)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert answer.text.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}") >= 5


def test_roles_and_keys_in_a_form_are_ignored(app: Flask, organizer: FlaskClient) -> None:
    organizer.post("/targets/new", data=MINISTER | {"key": "taken", "id": "77", "search": "x", "role": "staff"})
    target = stored(app)
    assert (target.key, "asmara" in target.search) == (None, True)


def test_an_embassy_keeps_the_country_it_speaks_for(app: Flask, organizer: FlaskClient) -> None:
    organizer.post("/targets/new", data=MINISTER | {"part": "embassy", "country": "KR", "represents": "ER"})
    target = stored(app)
    assert (target.part, target.represents) == (Part.EMBASSY, "ER")
    organizer.post(f"/targets/{target.id}/edit", data=form_of(target, part="to"))
    assert stored(app).represents == ""


def test_a_twin_is_shown_and_stored_only_when_ticked(app: Flask, organizer: FlaskClient) -> None:
    organizer.post("/targets/new", data=MINISTER)
    again = MINISTER | {"position": "MINISTER of justice", "lines": "Harnet Avenue\nAsmara"}
    answer = organizer.post("/targets/new", data=again)
    assert answer.status_code == 422
    assert f'href="/targets/{stored(app).id}"' in answer.text
    assert "keep both" in answer.text
    assert organizer.post("/targets/new", data=again | {"keep_both": "y"}).status_code == 303
    assert count(app) == 2


def test_a_stored_twin_is_not_asked_about_again(app: Flask, organizer: FlaskClient) -> None:
    organizer.post("/targets/new", data=MINISTER)
    target = stored(app)
    organizer.post("/targets/new", data=MINISTER | {"keep_both": "y"})
    assert organizer.post(f"/targets/{target.id}/edit", data=form_of(target, notes="x")).status_code == 303


def test_hints_never_refuse(app: Flask, organizer: FlaskClient) -> None:
    answer = organizer.post(
        "/targets/new", data=MINISTER | {"country": "KR", "lines": "Seoul 3174"}, follow_redirects=True
    )
    assert count(app) == 1
    assert "Is “3174” the postcode? In South Korea it usually looks like 03051." in answer.text
    assert "There is only one line." in answer.text


def test_the_form_shows_how_an_address_is_built(organizer: FlaskClient) -> None:
    piece = organizer.get("/targets/address-format?country=FR").text
    assert "postcode town" in piece
    assert "33380" in piece
    assert "<html" not in piece
    assert "lines as you have them are fine" in organizer.get("/targets/address-format?country=ER").text
    for strange in ("", "XX", "<script>", "../../etc"):
        answer = organizer.get("/targets/address-format", query_string={"country": strange})
        assert answer.status_code == 200
        assert "<script>" not in answer.text


def test_greetings_are_proposed_for_the_kind_of_office(organizer: FlaskClient) -> None:
    piece = organizer.get("/targets/greetings?office=judge&languages=fr&languages=tlh").text
    for language in ("en", "ko", "fr"):
        assert f'name="salutation_{language}"' in piece
    assert proposal(Office.JUDGE, "ko")[0] in piece
    assert "tlh" not in piece


def test_what_is_not_agreed_is_shown_as_proposed(organizer: FlaskClient, target: Target) -> None:
    page = organizer.get(f"/targets/{target.id}").text
    assert "Your Excellency," in page
    assert proposal(Office.HEAD_OF_STATE, "ar")[0] in page
    assert page.count("proposed") == 2


def test_an_emptied_greeting_is_proposed_again(app: Flask, organizer: FlaskClient, target: Target) -> None:
    target = stored(app)
    organizer.post(f"/targets/{target.id}/edit", data=form_of(target, salutation_en="", closing_en=""))
    assert stored(app).greetings == []


def test_a_new_holder_leaves_the_former_in_the_history(app: Flask, organizer: FlaskClient, target: Target) -> None:
    target = stored(app)
    named = form_of(target, salutation_en="Dear President Holder,")
    organizer.post(f"/targets/{target.id}/edit", data=named)
    changed = named | {"honorific": "Ms.", "holder": "Nova Example"}
    page = organizer.post(f"/targets/{target.id}/edit", data=changed, follow_redirects=True).text
    holders = [(holder.full_name, holder.until is None) for holder in stored(app).holders]
    assert holders == [("H.E. Sample Holder", False), ("Ms. Nova Example", True)]
    assert "still names H.E. Sample Holder" in page
    assert "Undo today’s change" in page


def test_a_change_of_holder_is_undone_on_the_same_day(app: Flask, organizer: FlaskClient, target: Target) -> None:
    target = stored(app)
    organizer.post(f"/targets/{target.id}/edit", data=form_of(target, holder="A Slip"))
    assert organizer.post(f"/targets/{target.id}/undo-holder").status_code == 303
    assert [(h.name, h.until) for h in stored(app).holders] == [("Sample Holder", None)]
    assert organizer.post(f"/targets/{target.id}/undo-holder").status_code == 409


def test_a_corrected_name_is_no_new_holder(app: Flask, organizer: FlaskClient, target: Target) -> None:
    target = stored(app)
    organizer.post(f"/targets/{target.id}/edit", data=form_of(target, holder="Sampel Holder", same_person="y"))
    assert [(h.name, h.until) for h in stored(app).holders] == [("Sampel Holder", None)]


def test_checking_an_address_is_one_tap_and_can_be_undone(app: Flask, organizer: FlaskClient, target: Target) -> None:
    with app.app_context():
        now = today()
        earlier = now - timedelta(days=500)
        db.session.get_one(Target, target.id).verified_on = earlier
        db.session.commit()
    answer = organizer.post(f"/targets/{target.id}/checked")
    assert stored(app).verified_on == now
    assert "Undo" in organizer.get(answer.location).text
    organizer.post(f"/targets/{target.id}/checked", data={"before": str(earlier)})
    assert stored(app).verified_on == earlier
    organizer.post(f"/targets/{target.id}/checked", data={"before": "never"})
    assert stored(app).verified_on is None
    organizer.post(f"/targets/{target.id}/checked", data={"before": "2999-01-01"})
    assert stored(app).verified_on == now


def test_saving_can_say_that_the_address_was_checked(app: Flask, organizer: FlaskClient, target: Target) -> None:
    target = stored(app)
    organizer.post(f"/targets/{target.id}/edit", data=form_of(target, checked="1"))
    with app.app_context():
        assert stored(app).verified_on == today()


def test_a_target_without_use_is_deleted_once_confirmed(app: Flask, organizer: FlaskClient, target: Target) -> None:
    assert "Delete it" in organizer.get(f"/targets/{target.id}/delete").text
    assert count(app) == 1
    assert organizer.post(f"/targets/{target.id}/delete").location == "/targets/"
    assert count(app) == 0
    assert organizer.get(f"/targets/{target.id}").status_code == 404


def test_a_target_in_use_is_not_deleted(app: Flask, organizer: FlaskClient, campaign: Campaign, target: Target) -> None:
    assert campaign.title in organizer.get(f"/targets/{target.id}").text
    assert "Delete it" not in organizer.get(f"/targets/{target.id}/delete").text
    assert organizer.post(f"/targets/{target.id}/delete").status_code == 409
    assert count(app) == 1


def test_another_groups_draft_is_counted_but_not_named(
    app: Flask, stranger: FlaskClient, group: Group, target: Target
) -> None:
    draft = Campaign(
        group_id=group.id, slug="secret", title="A secret draft", kind=Kind.CASE, theme=Theme.OTHER, country="EG",
        opens_on=date(2026, 1, 1), status=Status.DRAFT,
    )  # fmt: skip
    with app.app_context():
        draft.targets = [db.session.get_one(Target, target.id)]
        db.session.add(draft)
        db.session.commit()
    page = stranger.get(f"/targets/{target.id}").text
    assert "A secret draft" not in page
    assert "1 draft of another group" in page


def test_the_list_shows_holder_use_and_last_check(organizer: FlaskClient, campaign: Campaign) -> None:
    page = organizer.get("/targets/?words=ITTIHADIA").text
    assert campaign.targets[0].position in page
    assert "H.E. Sample Holder" in page
    assert "never" in page
    assert "1 campaign<" in page
    assert "No target matches" in organizer.get("/targets/?words=nowhere").text
    assert "No target matches" in organizer.get("/targets/?country=%3Cb%3E&office=x&unverified=1").text


@pytest.mark.usefixtures("target")
def test_a_search_may_be_as_long_as_an_address_bar_takes(organizer: FlaskClient) -> None:
    assert organizer.get("/targets/", query_string={"words": "a " * 5000}).status_code == 200


def test_the_list_has_fifty_on_a_page(app: Flask, organizer: FlaskClient) -> None:
    with app.app_context():
        db.session.add_all(
            Target(office=Office.JUDGE, position=f"Judge {number:03}", lines="x", country="FR") for number in range(120)
        )
        db.session.commit()
    page = organizer.get("/targets/?words=judge&endpoint=x&page=2").text
    assert "Judge 049" not in page
    assert "Judge 050" in page
    assert "Judge 099" in page
    assert "Page 2 of 3" in page
    assert "words=judge&amp;page=3" in page
    assert organizer.get("/targets/?page=9").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/targets/", "/targets/new", "/targets/1", "/targets/1/edit", "/targets/1/delete", "/targets/address-format",
     "/targets/greetings", "/targets/import/", "/targets/import/template.csv"],
)  # fmt: skip
def test_visitors_are_sent_to_sign_in(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize(
    "address", ["new", "1/edit", "1/delete", "1/checked", "1/undo-holder", "import/", "import/preview"]
)
@pytest.mark.usefixtures("target")
def test_visitors_change_nothing(app: Flask, client: FlaskClient, address: str) -> None:
    assert client.post(f"/targets/{address}", data=MINISTER).status_code == 302
    assert count(app) == 1
    assert stored(app).verified_on is None


def test_another_holder_of_the_same_family_is_a_change(app: Flask, staff: FlaskClient, target: Target) -> None:
    target = stored(app)
    staff.post(f"/targets/{target.id}/edit", data=form_of(target, holder="Other Holder"))
    assert [isinstance(holder, Holder) for holder in stored(app).former_holders] == [True]
