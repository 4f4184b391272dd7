"""A life of a case in process beside SpiffWorkflow: filed, approved three times, finished; a second of both, in turns.

Ours is the register with everything that belongs to it: checklist, limits, letters, ledger, news. The yardstick runs a
BPMN of the same length (file, three approvals, finish), and after each step keeps its state where ours is kept: in
PostgreSQL, on the same connection, with the same durability. It writes one row and nothing else.

Papers are judged between filing and acceptance; that is no step of the other side and is not timed.

viewflow is not beside it: its version 0.1 runs on no Django of today, and 2.x is under the AGPL, which we do not take
into this repository, not even to measure.
"""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable
from itertools import count
from time import perf_counter
from typing import Any

from bench import _house, _table
from bench._acts import CLERK, DECIDER, OPINION, REVIEWER
from bench.file import CENTRE, ITEM, application, id_number

ISSUER = "issuer-ba-xx-1"
TARGET = 2.0
#: Lives in one run of each side.
LIVES = 25
APPROVALS = ("approve_1", "approve_2", "approve_3")
STEPS = ("file", *APPROVALS, "finish")


def bpmn() -> bytes:
    """File, three approvals that may each end the case, finish; as a modelling tool would write it."""
    nodes = '<startEvent id="start"/><manualTask id="file"/><manualTask id="finish"/>'
    nodes += '<endEvent id="end"/><endEvent id="refused"/>'
    flows = [("start", "file", ""), ("file", "approve_1", ""), ("finish", "end", "")]
    for step, after in zip(APPROVALS, (*APPROVALS[1:], "finish"), strict=True):
        nodes += f'<manualTask id="{step}"/><exclusiveGateway id="is_{step}" default="{step}_refused"/>'
        flows += [(step, f"is_{step}", ""), (f"is_{step}", after, "opinion == 'pass'"), (f"is_{step}", "refused", "no")]
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="bench">'
        f'<process id="life" isExecutable="true">{nodes}{"".join(_flow(*one) for one in flows)}</process></definitions>'
    ).encode()


def _flow(source: str, target: str, condition: str) -> str:
    name = f"{source.removeprefix('is_')}_refused" if condition == "no" else f"{source}_{target}"
    rule = f"<conditionExpression>{condition}</conditionExpression>" if "=" in condition else ""
    return f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{rule}</sequenceFlow>'


class Spiff:
    """The yardstick: its state is a JSON text in a row, read under lock before each step and written after it."""

    def __init__(self) -> None:
        from SpiffWorkflow.bpmn.parser import BpmnParser
        from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
        from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

        logging.getLogger("spiff").setLevel(logging.WARNING)
        parser = BpmnParser()
        parser.add_bpmn_io(io.BytesIO(bpmn()))
        self.new: Callable[[], Any] = lambda: BpmnWorkflow(parser.get_spec("life"))
        self.serializer, self.numbers = BpmnWorkflowSerializer(), count()
        _house.sql(
            "CREATE TABLE bench_workflow (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, state text NOT NULL)"
        )
        _house.sql("GRANT SELECT, INSERT, UPDATE ON bench_workflow TO yimen_app")

    def life(self) -> float:
        """Seconds from filing to the end."""
        begun = perf_counter()
        key = self._file()
        for step in STEPS[1:]:
            is_over = self._step(key, step)
        if not is_over:
            sys.exit("bench: the workflow did not come to its end")
        return perf_counter() - begun

    def _file(self) -> int:
        from django.db import connection, transaction

        workflow = self.new()
        workflow.do_engine_steps()
        self._run(workflow, "file", application(next(self.numbers)))
        with transaction.atomic(), connection.cursor() as cursor:
            state = self.serializer.serialize_json(workflow)
            cursor.execute("INSERT INTO bench_workflow (state) VALUES (%s) RETURNING id", [state])
            return int(cursor.fetchone()[0])

    def _step(self, key: int, step: str) -> bool:
        from django.db import connection, transaction

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT state FROM bench_workflow WHERE id = %s FOR UPDATE", [key])
            workflow = self.serializer.deserialize_json(cursor.fetchone()[0])
            self._run(workflow, step, {"by": step, **OPINION})
            state = self.serializer.serialize_json(workflow)
            cursor.execute("UPDATE bench_workflow SET state = %s WHERE id = %s", [state, key])
        return bool(workflow.is_completed())

    @staticmethod
    def _run(workflow: Any, step: str, data: dict[str, object]) -> None:
        from SpiffWorkflow.util.task import TaskState

        (task,) = workflow.get_tasks(state=TaskState.READY, spec_name=step)
        task.data.update(data)
        task.run()
        workflow.do_engine_steps()


class Ours:
    """The register's own actions, by the officers of a real hall."""

    def __init__(self) -> None:
        from yimen.identity.actions import register_person
        from yimen.identity.models import User
        from yimen.identity.queries import officer_of
        from yimen.identity.terms import IdType
        from yimen.kernel import clock
        from yimen.kernel.actors import SYSTEM, Actor, ActorKind
        from yimen.places.queries import centre

        self.today, self.numbers = clock.today(), count(1)
        self.by = {
            name: officer_of(User.objects.get(username=name).pk, self.today)
            for name in (CLERK, REVIEWER, DECIDER, ISSUER)
        }
        self.system = Actor(kind=ActorKind.SYSTEM, id="bench", label="bench")
        self.centre_id = centre(CENTRE).id
        common = {"by": SYSTEM, "name": "示例甲", "id_type": IdType.CITIZEN, "phone": "", "now": clock.now()}
        self.people = [register_person(**common, id_number=id_number(number)).id for number in range(50)]

    def life(self) -> float:
        """Seconds from filing to the hand-over, without the judging of papers."""
        from yimen.cases import actions
        from yimen.cases.terms import CaseState, Opinion, Verdict
        from yimen.identity.terms import IdType
        from yimen.kernel import clock

        number = next(self.numbers)
        begun = perf_counter()
        case = actions.file_case(by=self.system, filing=self._filing(number), now=clock.now())
        spent = perf_counter() - begun
        clerk, reviewer, decider, issuer = self.by.values()
        for row in case.materials.filter(verdict=Verdict.OPEN):
            actions.judge_material(by=clerk, case_id=case.id, code=row.code, verdict=Verdict.GOOD, now=clock.now())
        begun = perf_counter()
        actions.accept_case(by=clerk, case_id=case.id, now=clock.now())
        actions.give_opinion(by=reviewer, case_id=case.id, opinion=Opinion.PASS, text="符合条件。", now=clock.now())
        actions.grant_case(by=decider, case_id=case.id, text="准予。", now=clock.now())
        actions.make_result(by=issuer, case_id=case.id, now=clock.now())
        number_shown = id_number(number % len(self.people))
        done = actions.hand_over_result(
            by=issuer, case_id=case.id, id_type=IdType.CITIZEN, id_number=number_shown, now=clock.now()
        )
        spent += perf_counter() - begun
        if done.state != CaseState.HANDED_OVER:
            sys.exit("bench: the case did not come to its end")
        return spent

    def _filing(self, number: int) -> Any:
        from yimen.cases.actions import Filing, GivenMaterial
        from yimen.cases.terms import FilingChannel, Way

        given = application(number % len(self.people))
        return Filing(
            item_code=ITEM,
            channel=FilingChannel.API,
            centre_id=self.centre_id,
            idempotency_key=str(given["key"]),
            person_id=self.people[number % len(self.people)],
            answers=given["answers"],  # type: ignore[arg-type]
            materials={code: GivenMaterial(way=Way.PAPER, copies=1) for code in ("id_card", "one_photo")},
            contact_name="示例甲",
            contact_phone="13800000001",
        )


def rate(life: Callable[[], float], lives: int) -> float:
    """Lives a second."""
    return lives / sum(life() for _ in range(lives))


def main() -> int:
    given = _table.arguments(__doc__, runs=(5, "pairs of runs"), lives=(LIVES, "in each run"))
    _house.check_instance()
    _house.House(on_the_wire=False)
    ours, spiff = Ours(), Spiff()
    with _house.worker_resting():
        for life in (ours.life, spiff.life):
            rate(life, 5)
        _house.settle()
        pairs = [(rate(ours.life, given.lives), rate(spiff.life, given.lives)) for _ in range(given.runs)]
    found = _table.result(
        "engines",
        pairs,
        unit="lives a second",
        errors=0,
        data=f"{given.lives} lives a run, one process, one connection, fsync on, worker held",
        target=TARGET,
        steps={"ours": "file, accept, opinion, grant, make, hand over", "yardstick": ", ".join(STEPS)},
    )
    from importlib.metadata import version

    found["versions"]["spiffworkflow"] = version("spiffworkflow")
    rows = [("life", found["ours"], found["yardstick"], found["ratio"], TARGET)]
    _table.show(("in process", "ours/s", "SpiffWorkflow/s", "ratio", "target"), rows)
    return _table.leave(found, given.json)


if __name__ == "__main__":
    sys.exit(main())
