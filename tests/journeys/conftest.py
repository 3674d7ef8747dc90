"""What journeys share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from campaign_app.jobs.worker import Workers
from tests.conftest import Site


@pytest.fixture
def at_work(site: Site) -> Iterator[None]:
    """A worker of the site, as it has when it is served."""
    workers = Workers(site.app, 1)
    workers.start()
    yield
    workers.close()
