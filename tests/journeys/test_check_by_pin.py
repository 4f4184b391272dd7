"""Any case by its number and PIN, without signing in; whoever guesses has to wait; the proof holds without us."""

from __future__ import annotations

import json
import subprocess
import sys

from launch.folders import ROOT
from tests.journeys.people import Crowd, Visitor, file


def _ask(visitor: Visitor, case_no: str, pin: str) -> str:
    visitor.open("/check/")
    visitor.fill({"case_no": case_no, "pin": pin})
    visitor.press("form:has([name=pin]) button.ym-btn")
    errors = visitor.page.locator("[data-errors]")
    return errors.inner_text() if errors.count() else ""


def test_number_and_pin(crowd: Crowd, tmp_path):
    resident = crowd.signed_in("chen")
    case_no, pin = file(resident)
    anybody = crowd.visitor()
    assert _ask(anybody, case_no.replace("-", "").lower(), pin) == "", "dashes and capitals do not matter"
    assert case_no in anybody.text()
    assert "陈示例" not in anybody.text(), "the number and the PIN show no names"
    with anybody.page.expect_download() as waiting:
        anybody.page.click(f"a[href='/check/{case_no}/proof/']")
    proof = tmp_path / "proof.json"
    waiting.value.save_as(proof)
    assert len(json.loads(proof.read_text())["lines"]) >= 1
    script = ROOT / "docs" / "verify_proof.py"
    done = subprocess.run([sys.executable, str(script), str(proof)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    proof.write_text(proof.read_text().replace(case_no, case_no[:-1] + ("0" if case_no[-1] != "0" else "1")))
    done = subprocess.run([sys.executable, str(script), str(proof)], capture_output=True, text=True, check=False)
    assert done.returncode == 1


def test_whoever_guesses_has_to_wait(crowd: Crowd):
    resident = crowd.signed_in("wang")
    case_no, pin = file(resident)
    guesser = crowd.visitor()
    wrong = f"{(int(pin) + 1) % 1_000_000:06}"
    said = {_ask(guesser, case_no, wrong) for _ in range(3)}
    assert len(said) == 1
    assert _ask(guesser, "BA16-0924-999999-9", wrong) in said, "a wrong number is told as a wrong PIN"
    later = [_ask(guesser, case_no, wrong) for _ in range(4)]
    waiting = later[-1]
    assert waiting not in {"", *said}, "whoever goes on has to wait"
    assert _ask(guesser, case_no, pin) == waiting, "even with the right one"
    resident.open(f"/my/cases/{case_no}/")


def test_not_without_the_pin(crowd: Crowd):
    anybody = crowd.visitor()
    case_no = crowd.ask("SELECT case_no FROM cases_case ORDER BY filed_at LIMIT 1")[0][0]
    anybody.open(f"/check/{case_no}/")
    assert anybody.page.url.endswith("/check/")
    anybody.open(f"/check/{case_no}/proof/", status=404)
