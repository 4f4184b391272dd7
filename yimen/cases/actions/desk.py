"""What lies on the desk: paper that comes to a window, with the case or after it, and the case that comes with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yimen.cases.actions.move import Act, locked, take_up
from yimen.cases.errors import ItemNotOffered, PaperLiesElsewhere, PaperNotChosen, UnknownLine
from yimen.cases.events import CaseReceived
from yimen.cases.models import Case, CaseMaterial
from yimen.cases.rules import is_to_come
from yimen.cases.terms import CaseState, Verb, Verdict, Way
from yimen.catalogue.queries import takes_in
from yimen.documents.terms import LetterKind
from yimen.identity.terms import Officer
from yimen.kernel.actors import Actor
from yimen.places.queries import centre_by_id

#: Nobody examines these yet: they may come to another centre.
_MAY_MOVE = frozenset({CaseState.FILED, CaseState.CORRECTION})


def receive_case(
    *, by: Officer, case_id: UUID, papers: Iterable[str], revision: int | None = None, now: datetime
) -> Case:
    """Take paper of a case at the window, with a receipt; ``papers`` are the codes of the lines whose paper is here.

    A case that was filed online may come to any window of any centre that takes the item in; from here it is with
    that centre. Paper that was promised or left out may follow at any time before the decision; no limit begins anew.

    Raises: UnknownLine, PaperNotChosen, ItemNotOffered, MoveNotAllowed, NotYourCase
    """
    with bringing_here(by, case_id), take_up(case_id, Verb.RECEIVE, by=by, now=now, revision=revision) as act:
        rows = _take_papers(act, set(papers))
        case, is_first = act.case, act.case.state == CaseState.FILED
        if is_first:
            case.received_at, case.window_id = now, by.window_id
        elif not rows:
            raise PaperNotChosen(field="papers")
        act.draw_up(LetterKind.RECEIPT, materials=act.materials if is_first else rows, is_later=not is_first)
        return act.put_down(
            "received_at",
            "window",
            "centre",
            facts={"papers": sorted(row.code for row in rows), "centre": case.centre_id},
            event=CaseReceived(case.id),
        )


def _take_papers(act: Act, wanted: set[str]) -> list[CaseMaterial]:
    """The lines whose paper is here now; those that were there already stay as they are."""
    if wanted - {row.code for row in act.materials}:
        raise UnknownLine
    rows = [row for row in act.materials if row.code in wanted and is_to_come(Way(row.way), row.given_at)]
    for row in rows:
        row.way, row.given_at = Way.PAPER, act.now
        row.verdict, row.flaw = Verdict.OPEN, ""
        act.writes.update(row, ["way", "given_at", "verdict", "flaw"])
    return rows


@contextmanager
def bringing_here(by: Actor, case_id: UUID) -> Iterator[None]:
    """What is done in this block is done where the paper is: the case comes along, or the whole of it is refused.

    A case that nobody examines yet moves to the centre of the clerk, if that takes the item in.

    Raises: ItemNotOffered, PaperLiesElsewhere
    """
    if not isinstance(by, Officer) or by.centre_id is None:
        yield
        return
    with transaction.atomic():
        case = locked(case_id)
        if case.state in _MAY_MOVE and case.centre_id != by.centre_id:
            _bring(case, by.centre_id)
        yield


def _bring(case: Case, centre_id: int) -> None:
    if not takes_in(case.item_id, centre_id):
        raise ItemNotOffered
    if case.materials.filter(way=Way.PAPER, given_at__isnull=False).exists():
        raise PaperLiesElsewhere(centre=centre_by_id(case.centre_id).name)
    Case.objects.filter(pk=case.pk).update(centre_id=centre_id)
