"""A hall to work in, on the Saturday of the builders: pages and the API ask the clock, and it says ``NOW``."""

from pathlib import Path

import pytest

from yimen.cases.tests.builders import NOW, the_hall
from yimen.kernel import clock


@pytest.fixture
def it_is(settings, tmp_path):
    """``it_is(moment)``: from here the clock goes on from that moment."""
    settings.CLOCK_FILE = str(tmp_path / "clock")

    def set_to(moment):
        file = Path(settings.CLOCK_FILE)
        file.unlink(missing_ok=True)
        file.write_text(str((moment - clock.now()).total_seconds()), encoding="ascii")

    return set_to


@pytest.fixture
def hall(db, settings, tmp_path, it_is):
    settings.DATA_DIR = tmp_path
    it_is(NOW)
    the_hall()
