"""The API against its own description: schemathesis asks what it can think of, with the demo's tokens, on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import psycopg
import pytest

from tests.hall import Hall, hall, open_doors

#: What an answer must be. That every described input is accepted cannot be asked: an item may not exist.
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)
SEED = "2016"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with hall(tmp_path_factory.mktemp("hall")) as found:
        yield found


@pytest.fixture(scope="module")
def base(copy: Hall) -> Iterator[str]:
    with open_doors(copy, worker=False) as address:
        yield address


def _ask(base: str, path: str, token: str = "", body: object = None) -> tuple[int, dict[str, object], str]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = Request(base + path, json.dumps(body).encode() if body is not None else None, headers)
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
            return answer.status, json.load(answer), answer.headers["Content-Type"]
    except HTTPError as error:
        return error.code, json.load(error), error.headers["Content-Type"]


@pytest.mark.parametrize("scopes", [{"cases:file", "cases:read", "cases:act"}, {"cases:read"}], ids=["all", "reader"])
def test_the_api_does_what_it_says(base: str, copy: Hall, scopes: set[str], tmp_path: Path):
    token = next(row["token"] for row in copy.tokens if set(row["scopes"]) == scopes)
    if "cases:act" in scopes:
        with psycopg.connect(copy.url) as connection:
            known = connection.execute("SELECT case_no FROM cases_case WHERE state = 'in_review' LIMIT 1").fetchone()
        (tmp_path / "schemathesis.toml").write_text(f'[parameters]\n"path.case_no" = "{known[0]}"\n')
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "run", f"{base}/api/v1/openapi.json"),
        *("--header", f"Authorization: Bearer {token}", "--max-examples", "10", "--seed", SEED, "--no-color"),
        *("--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing", "--max-time", "15"),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]


def test_refusals_are_problem_documents(base: str, copy: Hall):
    for path, token, status in (
        ("/api/v1/cases/BA16-0924-000417-6", "", 401),
        ("/api/v1/cases/BA16-0924-000417-6", copy.token("cases:read"), 404),
        ("/api/v1/items/NO-SUCH-1", "", 404),
        ("/api/v1/calendar/due?from=2016-02-30&working_days=3", "", 422),
    ):
        found, problem, media_type = _ask(base, path, token)
        assert (found, problem["status"], media_type) == (status, status, "application/problem+json"), path
        assert problem["detail"]


def test_the_day_is_explained(base: str):
    status, answer, _media_type = _ask(base, "/api/v1/calendar/due?from=2016-06-25&working_days=20")
    assert (status, answer.get("due_on", answer)) == (200, "2016-07-22")
