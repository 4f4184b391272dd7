"""Journeys: real Chromium against the real server, with the demo hall in a database of its own.

No ORM here: while a browser runs, this thread has an event loop, and Django refuses. What the database knows is asked
with plain SQL.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from launch.test import BROWSERS
from tests.hall import Hall, hall, open_doors
from tests.journeys.people import Crowd

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "journeys":
            item.add_marker("journey")


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The demo hall, copied."""
    with hall(tmp_path_factory.mktemp("hall")) as found:
        yield found


@pytest.fixture(scope="session")
def base(copy: Hall) -> Iterator[str]:
    """Where its web answers."""
    with open_doors(copy) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a story; closed with it, so that its event loop is gone before other tests ask the database."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sentence = "The journeys need a browser (chromium): ./yimen.sh test installs it as root."
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def crowd(chromium: Browser, base: str, copy: Hall) -> Iterator[Crowd]:
    """Everybody of this story, each with a browser window of their own; at the end nobody may have seen an error."""
    people = Crowd(chromium, base, copy)
    yield people
    people.go_home()
