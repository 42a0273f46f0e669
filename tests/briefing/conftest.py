"""A draft of each place but the local authorities: made once, as it takes a while."""

from __future__ import annotations

import pytest

from explorer.briefing.document import Briefing
from explorer.briefing.ready import brief_me
from explorer.evidence.model import Level


@pytest.fixture(scope="session")
def drafts(library) -> dict[str, Briefing]:
    places = [place for place in library.places if place.level is not Level.LOCAL_AUTHORITY]
    return {place.code: brief_me(library, place.code) for place in places}
