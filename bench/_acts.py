"""The hot acts of one case, in process: filed, judged, accepted, examined, granted, each by whoever may."""

from __future__ import annotations

import json
import sys
from typing import Any

from bench import _house
from bench._wire import Recording
from bench.file import application

CLERK, REVIEWER, DECIDER = "clerk-ba-xx-1", "civil-reviewer-1", "civil-decider-1"
OPINION = {"opinion": "pass", "text": "材料齐全，符合条件，建议通过。"}
#: Act: who, address below the case, what is sent.
STEPS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "accept": (CLERK, "acceptance", {}),
    "opinion": (REVIEWER, "opinion", OPINION),
    "grant": (DECIDER, "grant", {"text": "符合条件，准予。"}),
}


class Story:
    """Cases that are taken through their life, with a recording of every act."""

    def __init__(self, house: _house.House) -> None:
        self.house = house
        self.tokens = {name: _house.token(name, username=name) for name in (CLERK, REVIEWER, DECIDER)}
        self.tokens["filer"] = _house.token("filer")

    def call(self, method: str, path: str, who: str, body: Any = None, status: int = 200) -> Recording:
        """One call of the API, recorded."""
        return self.house.record(method, f"/api/v1/cases{path}", token=self.tokens[who], body=body, status=status)

    def file(self, number: int) -> tuple[Recording, str]:
        """A new case and its number."""
        recording = self.call("POST", "", "filer", application(number), 201)
        return recording, json.loads(recording.body)["case_no"]

    def judge(self, case_no: str) -> None:
        """Every line of the checklist is good."""
        for row in json.loads(self.call("GET", f"/{case_no}", CLERK).body)["materials"]:
            if row["verdict"] == "open" and row["way"] != "not_needed":
                self.call("PUT", f"/{case_no}/materials/{row['code']}", CLERK, {"verdict": "good"})

    def step(self, name: str, case_no: str) -> Recording:
        """``accept``, ``opinion`` or ``grant``."""
        who, path, body = STEPS[name]
        return self.call("POST", f"/{case_no}/{path}", who, body)

    def life(self, number: int, upto: str = "grant") -> tuple[dict[str, Recording], str]:
        """A case from its filing up to that act, or up to just before it is accepted (``judge``)."""
        recording, case_no = self.file(number)
        found = {"file": recording}
        self.judge(case_no)
        for name in STEPS if upto != "judge" else ():
            found[name] = self.step(name, case_no)
            if name == upto:
                break
        return found, case_no


def page(house: _house.House, path: str, cookie: str = "") -> Recording:
    """A page for people, recorded; the second time, when the process knows what it may keep."""
    house.call("GET", path, cookie=cookie)
    found: Recording = house.record("GET", path, cookie=cookie)
    if not found.body:
        sys.exit(f"bench: {path} is empty")
    return found
