"""Letter-writing campaigns for human rights: from the form to the postbox, the reply and the counted sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from campaign_app import config


def create_app(instance: Path | None = None, **settings: Any) -> Flask:
    """The application.

    ``instance`` is the folder of the database, the secret key and the files; ``CAMPAIGN_APP_INSTANCE`` names it
    otherwise, and ``instance/`` in the checkout is the default. ``settings`` win over all other settings.
    """
    from campaign_app import application

    folder = instance or config.instance_folder()
    path = str(folder) if folder else None
    app = Flask(__name__, instance_path=path, instance_relative_config=True, template_folder=None)
    app.config.from_mapping(config.load(Path(app.instance_path), given=settings))
    application.assemble(app)
    return app
