"""The petitions of whoever is signed in, and what belongs to them."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import abort

from campaign_app.access.permissions import mine
from campaign_app.db import db
from campaign_app.petitions.models import Petition

PERMISSION = "keep sheets"

Row = TypeVar("Row", bound=Any)


def own_petition(petition_id: int) -> Petition:
    """The petition, or 404 where it is another group's."""
    found: Petition = db.first_or_404(mine(Petition, PERMISSION).where(Petition.id == petition_id))
    return found


def of_petition(model: type[Row], row_id: int, petition: Petition) -> Row:
    """The row of the petition with that id, or 404."""
    row = db.session.get(model, row_id)
    if row is None or row.petition_id != petition.id:
        abort(404)
    return row
