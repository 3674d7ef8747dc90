"""What the public interface for programs promises, as OpenAPI 3.1; a test compares it with the answers."""

from __future__ import annotations

from typing import Any

from campaign_app.campaigns.models import Kind, Status, Theme
from campaign_app.outcomes.models import WhatHappened

_DAY = {"type": "string", "format": "date"}
_COUNT = {"type": "integer", "minimum": 0}
_TOLD = {"oneOf": [_COUNT, {"type": "null"}], "description": "null for a number under ten, which is not told."}


def _words(kind: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [word.value for word in kind]}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


_CAMPAIGN = {
    "campaign": {"type": "string", "description": "Its name in addresses."},
    "title": {"type": "string"},
    "kind": _words(Kind),
    "theme": _words(Theme),
    "country": {"type": "string", "description": "ISO 3166-1."},
    "status": _words([status for status in Status if status is not Status.DRAFT]),
    "opens_on": _DAY,
    "post_by": {"oneOf": [_DAY, {"type": "null"}]},
    "goal": {"oneOf": [_COUNT, {"type": "null"}]},
    "letters": _object(
        made=_COUNT | {"description": "All that were made and are not void, whatever became of them since."},
        posted=_COUNT | {"description": "All of them that went into a postbox."},
        handwritten=_COUNT | {"description": "Letters and cards written by hand, in none of the others."},
    ),
}
_DETAILS = _CAMPAIGN | {
    "by_week": {"type": "object", "additionalProperties": _TOLD, "description": "Letters made, by Monday."},
    "by_country": {"type": "object", "additionalProperties": _TOLD, "description": "Letters made, by ISO 3166-1."},
    "outcomes": {
        "type": "array",
        "items": _object(what=_words(WhatHappened), happened_on=_DAY, source={"type": "string"}),
    },
}


def _answers(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "OK", "content": {"application/json": {"schema": schema}}}


def document(server: str, name: str) -> dict[str, Any]:
    """The description, for the site at ``server`` that is called ``name``."""
    slug = {"name": "campaign", "in": "path", "required": True, "schema": {"type": "string"}}
    campaigns = {"type": "array", "items": {"$ref": "#/components/schemas/Campaign"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{name}: public totals", "version": "1", "description": "Numbers to read, without names."},
        "servers": [{"url": server}],
        "paths": {
            "/api/campaigns": {"get": {"summary": "All campaigns", "responses": {"200": _answers(campaigns)}}},
            "/api/campaigns/{campaign}": {
                "get": {
                    "summary": "A campaign over time and by country, with its outcomes",
                    "parameters": [slug],
                    "responses": {
                        "200": _answers({"$ref": "#/components/schemas/Details"}),
                        "404": _answers({"$ref": "#/components/schemas/Error"}),
                    },
                }
            },
        },
        "components": {
            "schemas": {
                "Campaign": _object(**_CAMPAIGN),
                "Details": _object(**_DETAILS),
                "Error": _object(error={"type": "string"}),
            }
        },
    }
