"""The pages of deliveries: packing counted sheets, the pack on paper, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy import ColumnElement, select
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.days import today
from campaign_app.db import begin_writing, db, read_only
from campaign_app.documents import letter_pdf
from campaign_app.documents.paper import Layout
from campaign_app.documents.unfit import TooLong, Unprintable
from campaign_app.letters.letter import Letter
from campaign_app.letters.merge import MissingDetail
from campaign_app.pages import download
from campaign_app.petitions import cover_letter, deliveries, delivery_papers, issuing, papers
from campaign_app.petitions.deliveries import CannotMark, Gone
from campaign_app.petitions.delivery_forms import AnswerForm, ChooseForm, LetterForm, PostedForm
from campaign_app.petitions.delivery_models import Delivery, DeliveryReceipt
from campaign_app.petitions.models import Petition
from campaign_app.petitions.own import of_petition, own_petition
from campaign_app.privacy import audit
from campaign_app.stored_files import room
from campaign_app.targets.models import Target
from campaign_app.targets.salutations import greeting_for

bp = Blueprint("deliveries", __name__, url_prefix="/desk/petitions/<int:petition_id>/deliveries")

Answer = str | tuple[str, int] | Response

RECEIPT = "delivery receipt"  # the purpose under which its file is stored


@bp.get("")
@permission("keep sheets")
def index(petition_id: int) -> str:
    """All deliveries of a petition, and what could be packed next."""
    petition = own_petition(petition_id)
    query = select(Delivery).where(Delivery.petition_id == petition.id).order_by(Delivery.id.desc())
    return render_template(
        "petitions/deliveries.html",
        petition=petition,
        deliveries=db.session.scalars(query).all(),
        ready=deliveries.sums(deliveries.ready(petition)),
    )


@bp.route("/new", methods=["GET", "POST"])
@permission("keep sheets")
def create(petition_id: int) -> Answer:
    """Choose sheets and an addressee, look the letter over, and pack."""
    petition = own_petition(petition_id)
    choose = ChooseForm(petition, _addressees(petition), request.args)
    if not request.args or not choose.validate():
        return render_template(
            "petitions/delivery_choose.html", petition=petition, form=choose, chosen=bool(request.args)
        )
    which = _chosen(petition, choose)
    sheets, raw, valid = deliveries.sums(which)
    if not sheets:
        choose.sheets.errors = [gettext("None of these sheets is counted, verified and in no delivery yet.")]
        return render_template("petitions/delivery_choose.html", petition=petition, form=choose, chosen=True), 422
    target = db.session.get_one(Target, choose.target_id.data)
    form = _letter_form(petition, target, choose, sheets, valid)
    letter = _letter(petition, target, choose.language.data, form) if form.validate_on_submit() else None
    if letter is None:
        sums = {"sheets": sheets, "raw": raw, "valid": valid}
        page = render_template("petitions/delivery_new.html", petition=petition, form=form, target=target, sums=sums)
        return page, 422 if form.errors else 200
    try:
        delivery = deliveries.pack(petition, target, letter, which, current_user.id)
    except Gone:
        abort(409)
    audit.record("pack delivery", delivery, count=delivery.sheets)
    delivery_id = delivery.id
    db.session.commit()
    flash(gettext("The delivery is packed. Print the pack, and put it on top of the sheets."), "good")
    return redirect(url_for(".show", petition_id=petition_id, delivery_id=delivery_id), 303)


@bp.get("/<int:delivery_id>")
@permission("keep sheets")
def show(petition_id: int, delivery_id: int) -> str:
    """One delivery: what is in it, and what became of it."""
    delivery = _delivery(petition_id, delivery_id)
    return _page(delivery, _posted_form(delivery), _answer_form(delivery))


@bp.get("/<int:delivery_id>/pack.pdf")
@permission("keep sheets")
def pack(petition_id: int, delivery_id: int) -> Response:
    """Cover letter and list of sheets, to be printed."""
    delivery = _delivery(petition_id, delivery_id)
    audit.record_reading("print delivery", delivery)
    return download(delivery_papers.pack(delivery), f"{delivery.petition.code}-delivery.pdf", "application/pdf")


@bp.post("/<int:delivery_id>/posted")
@permission("keep sheets")
def posted(petition_id: int, delivery_id: int) -> Answer:
    """It was posted or handed over."""
    read_only()  # to draw a photo anew takes a while; others may write in the meantime
    delivery = _delivery(petition_id, delivery_id)
    form = _posted_form(delivery)
    if not form.validate():
        return _page(delivery, form, _answer_form(delivery)), 422
    delivery = _for_writing(petition_id, delivery_id)
    try:
        deliveries.post(delivery, form.day.data, current_user.id)
    except CannotMark:
        return _overtaken(petition_id, delivery_id)
    return _marked(delivery, form.scan, gettext("The delivery is marked as posted, and its sheets as delivered."))


@bp.post("/<int:delivery_id>/answered")
@permission("keep sheets")
def answered(petition_id: int, delivery_id: int) -> Answer:
    """The addressee accepted or refused it."""
    read_only()
    delivery = _delivery(petition_id, delivery_id)
    form = _answer_form(delivery)
    if not form.validate():
        return _page(delivery, _posted_form(delivery), form), 422
    delivery = _for_writing(petition_id, delivery_id)
    try:
        deliveries.answer(delivery, form.answer.data == "accepted", form.day.data, form.note.data)
    except CannotMark:
        return _overtaken(petition_id, delivery_id)
    return _marked(delivery, form.scan, gettext("The answer is noted."))


@bp.post("/<int:delivery_id>/undo")
@permission("keep sheets")
def undo(petition_id: int, delivery_id: int) -> Response:
    """It was not posted after all; or unpack it, so that its sheets can go into another delivery."""
    delivery = _delivery(petition_id, delivery_id)
    try:
        if request.form.get("action") == "unpack":
            deliveries.withdraw(delivery, current_user.id)
            said = gettext("The delivery is unpacked. Its sheets can go into another one.")
        else:
            deliveries.unpost(delivery, current_user.id)
            said = gettext("The delivery is no longer marked as posted.")
    except CannotMark:
        return _overtaken(petition_id, delivery_id)
    return _marked(delivery, None, said)


@bp.get("/<int:delivery_id>/receipts/<int:receipt_id>")
@permission("keep sheets")
def receipt(petition_id: int, delivery_id: int, receipt_id: int) -> Response:
    """A photo or receipt, as a file to be saved."""
    delivery = _delivery(petition_id, delivery_id)
    found = next((one for one in delivery.receipts if one.id == receipt_id), None) or abort(404)
    audit.record_reading("open delivery receipt", delivery)
    answer = current_app.response_class(room.read(found.file), mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"delivery-{delivery.id}-{found.id}.pdf")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _delivery(petition_id: int, delivery_id: int) -> Delivery:
    return of_petition(Delivery, delivery_id, own_petition(petition_id))


def _for_writing(petition_id: int, delivery_id: int) -> Delivery:
    begin_writing()
    return _delivery(petition_id, delivery_id)


def _chosen(petition: Petition, choose: ChooseForm) -> list[ColumnElement[bool]]:
    which = deliveries.ready(petition, choose.unchecked.data)
    return [*which, *issuing.named(petition, choose.typed)] if choose.typed else which


def _addressees(petition: Petition) -> Sequence[Target]:
    return petition.addressees or petition.campaign.targets


def _letter_form(petition: Petition, target: Target, choose: ChooseForm, sheets: int, valid: int) -> LetterForm:
    language = choose.language.data
    wording = cover_letter.proposed(petition, language, sheets, valid, checked=not choose.unchecked.data)
    salutation, closing = greeting_for(target, language)
    greeted = replace(wording, salutation=salutation or wording.salutation, closing=closing or wording.closing)
    return LetterForm(greeted, current_user.person.name)


def _letter(petition: Petition, target: Target, language: str, form: LetterForm) -> Letter | None:
    """The letter as typed, or None with what is wrong at its field. It is set on paper once, to see that it can be."""
    try:
        letter = cover_letter.write(petition, target, language, form.wording, form.signer.data, today())
        letter_pdf.write(letter, Layout(paper=papers.paper_of(petition)))
    except MissingDetail as missing:
        form.body.errors = [gettext("The letter lacks something: %(field)s", field=missing.field)]
    except Unprintable as unprintable:
        form.body.errors = [
            gettext("These characters cannot be printed: %(characters)s.", characters="".join(unprintable.characters))
        ]
    except TooLong:
        form.body.errors = [gettext("The letter is longer than a page.")]
    else:
        return letter
    return None


def _posted_form(delivery: Delivery) -> PostedForm:
    return PostedForm(delivery.packed_on, today())


def _answer_form(delivery: Delivery) -> AnswerForm:
    return AnswerForm(delivery.posted_on or today(), today())


def _marked(delivery: Delivery, scan: bytes | None, said: str) -> Response:
    """Keep what shows it, and say what was done."""
    if scan:
        with room.adding(RECEIPT, group_id=delivery.group_id) as new:
            new.write(scan)
        delivery.receipts.append(DeliveryReceipt(suffix="pdf", file=new.row))
    audit.record("mark delivery", delivery)
    petition_id, delivery_id = delivery.petition_id, delivery.id
    db.session.commit()
    flash(said, "good")
    return redirect(url_for(".show", petition_id=petition_id, delivery_id=delivery_id), 303)


def _overtaken(petition_id: int, delivery_id: int) -> Response:
    db.session.rollback()
    flash(gettext("Somebody else marked this delivery meanwhile; look at it again."), "warning")
    return redirect(url_for(".show", petition_id=petition_id, delivery_id=delivery_id), 303)


def _page(delivery: Delivery, posted: PostedForm, answer: AnswerForm) -> str:
    return render_template(
        "petitions/delivery.html",
        petition=delivery.petition,
        delivery=delivery,
        letter=Letter.from_json(delivery.letter) if delivery.letter else None,
        sums=[
            (key, deliveries.by(key, sheets)) for sheets in [deliveries.packed(delivery)] for key in ("place", "week")
        ],
        posted=posted,
        answer=answer,
    )
