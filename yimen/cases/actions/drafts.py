"""Drafts: a filing is saved from its first answer on, and nothing is lost by a closed tab."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yimen.cases.actions.filing import Filing, file_case
from yimen.cases.actions.given import GivenMaterial, Upload
from yimen.cases.errors import ApplicantNotEntitled, ItemNotOffered, TooManyFiles, UnknownLine
from yimen.cases.models import Case, Draft, DraftFile
from yimen.cases.rules import FIELD_CHECKS
from yimen.cases.terms import CollectWay, FilingChannel, Way
from yimen.catalogue.queries import points, version, version_for_filing
from yimen.documents.actions import store_upload
from yimen.identity.queries import principals_of
from yimen.identity.terms import Resident
from yimen.kernel import clock
from yimen.kernel.errors import NotFound
from yimen.kernel.forms import Answers, FormStep, check_step

#: How long a draft is kept after the last change.
KEPT_DAYS = 90
#: How many files one line of the checklist may have.
FILES_PER_LINE = 10


def start_draft(*, by: Resident, item_code: str, now: datetime) -> Draft:
    """Begin a filing, or go on with the one that lies there for this item and version.

    Raises: ItemNotOffered when the item is not filed online
    """
    found = version_for_filing(item_code)
    if not found.content.readiness.file_online:
        raise ItemNotOffered
    lying = Draft.objects.filter(user_id=by.user_id, version_id=found.id).order_by("-changed_at").first()
    if lying:
        return lying
    centres = points(found.item_id)
    return Draft.objects.create(
        user_id=by.user_id,
        version_id=found.id,
        centre_id=centres[0] if centres else None,
        created_at=now,
        changed_at=now,
        expires_on=clock.local_date(now) + timedelta(days=KEPT_DAYS),
    )


def own_draft(by: Resident, draft_id: UUID) -> Draft:
    """The resident's own draft, under lock.

    Raises: NotFound for anybody else's
    """
    draft = Draft.objects.select_for_update().filter(pk=draft_id, user_id=by.user_id).first()
    if draft is None:
        raise NotFound
    return draft


def answer_step(
    *, by: Resident, draft_id: UUID, step_code: str, answers: Mapping[str, str | list[str]], now: datetime
) -> Draft:
    """Save the answers of one page of the form; wrong ones are refused field by field and nothing is saved.

    Raises: Refusals
    """
    with transaction.atomic():
        draft = own_draft(by, draft_id)
        step = _form_step(draft, step_code)
        known: Answers = json.loads(draft.answers)
        known |= check_step(step, {**known, **answers}, checks=FIELD_CHECKS)
        draft.answers = json.dumps(known, ensure_ascii=False)
        draft.steps_done = sorted({*draft.steps_done, step_code})
        return _touch(draft, now, "answers", "steps_done")


def _form_step(draft: Draft, code: str) -> FormStep:
    for step in version(draft.version_id).content.form.steps:
        if step.code == code:
            return step
    raise NotFound


def choose_applicant(*, by: Resident, draft_id: UUID, mandate_id: UUID | None, now: datetime) -> Draft:
    """For whom the application is: oneself, or somebody whose mandate one holds.

    Raises: NotFound
    """
    with transaction.atomic():
        draft = own_draft(by, draft_id)
        if mandate_id is not None:
            assert by.person_id is not None
            held = {row.mandate_id for row in principals_of(by.person_id, clock.local_date(now))}
            if mandate_id not in held:
                raise NotFound
        draft.mandate_id = mandate_id
        draft.steps_done = sorted({*draft.steps_done, "applicant"})
        return _touch(draft, now, "mandate", "steps_done")


def choose_collection(*, by: Resident, draft_id: UUID, centre_id: int, collect: CollectWay, now: datetime) -> Draft:
    """Which centre has the case, and how the result comes.

    Raises: ItemNotOffered for a centre that does not take it in
    """
    with transaction.atomic():
        draft = own_draft(by, draft_id)
        if centre_id not in points(version(draft.version_id).item_id):
            raise ItemNotOffered(field="centre")
        draft.centre_id, draft.collect = centre_id, collect
        draft.steps_done = sorted({*draft.steps_done, "collection"})
        return _touch(draft, now, "centre", "collect", "steps_done")


def give_file(*, by: Resident, draft_id: UUID, material_code: str, upload: Upload, now: datetime) -> DraftFile:
    """Upload a file for a line.

    Raises: UnknownLine, TooManyFiles, and what documents refuses
    """
    with transaction.atomic():
        draft = own_draft(by, draft_id)
        _check_line(draft, material_code)
        if draft.files.filter(material_code=material_code).count() >= FILES_PER_LINE:
            raise TooManyFiles(field=material_code, count=FILES_PER_LINE)
        file = store_upload(
            by=by, name=upload.name, content=upload.content, subject_kind="draft", subject_id=str(draft.id), now=now
        )
        draft.ways.pop(material_code, None)
        _touch(draft, now, "ways")
        return DraftFile.objects.create(draft=draft, material_code=material_code, file=file)


def drop_file(*, by: Resident, draft_id: UUID, file_id: UUID, now: datetime) -> None:
    """Take a file out of the draft again. May run twice."""
    with transaction.atomic():
        draft = own_draft(by, draft_id)
        draft.files.filter(file_id=file_id).delete()
        _touch(draft, now)


def bring_paper(*, by: Resident, draft_id: UUID, material_code: str, is_paper: bool, now: datetime) -> Draft:
    """Say that the paper of a line will be brought to the window, or not after all.

    Raises: UnknownLine
    """
    with transaction.atomic():
        draft = own_draft(by, draft_id)
        _check_line(draft, material_code)
        if is_paper:
            draft.ways[material_code] = Way.PAPER
        else:
            draft.ways.pop(material_code, None)
        return _touch(draft, now, "ways")


def _check_line(draft: Draft, code: str) -> None:
    if code not in {line.code for line in version(draft.version_id).content.materials}:
        raise UnknownLine


def _touch(draft: Draft, now: datetime, *changed: str) -> Draft:
    draft.changed_at = now
    draft.expires_on = clock.local_date(now) + timedelta(days=KEPT_DAYS)
    draft.save(update_fields=["changed_at", "expires_on", *changed])
    return draft


def drop_draft(*, by: Resident, draft_id: UUID) -> None:
    """Throw a draft away."""
    with transaction.atomic():
        own_draft(by, draft_id).delete()


def drop_expired_drafts(*, now: datetime) -> int:
    """Drafts that nobody has touched for as long as they are kept. May run twice."""
    gone, _ = Draft.objects.filter(expires_on__lt=clock.local_date(now)).delete()
    return gone


def file_draft(*, by: Resident, draft_id: UUID, channel: FilingChannel, language: str, now: datetime) -> Case:
    """File what the draft says. The draft's own key is the idempotency key: two tabs file one case.

    Raises: what ``file_case`` raises
    """
    draft = Draft.objects.filter(pk=draft_id, user_id=by.user_id).first()
    if draft is None:
        return _sent(by, draft_id)
    filing = _filing(by, draft, channel, language, now)
    with transaction.atomic():
        case = file_case(by=by, filing=filing, now=now)
        Draft.objects.filter(pk=draft_id).delete()
    return case


def _sent(by: Resident, draft_id: UUID) -> Case:
    """The case that a draft has become, perhaps this very moment and by another tab.

    Raises: NotFound
    """
    case = Case.objects.filter(filed_by=f"{by.kind}:{by.id}", idempotency_key=str(draft_id)).first()
    if case is None:
        raise NotFound
    return case


def _filing(by: Resident, draft: Draft, channel: FilingChannel, language: str, now: datetime) -> Filing:
    found = version(draft.version_id)
    principal = None
    if draft.mandate_id and by.person_id:
        held = principals_of(by.person_id, clock.local_date(now))
        principal = next((row for row in held if row.mandate_id == draft.mandate_id), None)
        if principal is None:
            raise ApplicantNotEntitled
    files: dict[str, list[UUID]] = {}
    for row in draft.files.order_by("id"):
        files.setdefault(row.material_code, []).append(row.file_id)
    codes = {*files, *draft.ways}
    if draft.centre_id is None:
        raise ItemNotOffered(field="centre")
    return Filing(
        item_code=found.code,
        channel=channel,
        centre_id=draft.centre_id,
        idempotency_key=str(draft.id),
        person_id=(principal.id if principal.kind == "person" else None) if principal else by.person_id,
        organisation_id=principal.id if principal and principal.kind == "organisation" else None,
        representative_id=by.person_id if principal else None,
        answers=json.loads(draft.answers),
        materials={
            code: GivenMaterial(
                way=Way.UPLOAD if code in files else Way(draft.ways[code]), files=tuple(files.get(code, ()))
            )
            for code in codes
        },
        collect=CollectWay(draft.collect),
        language=language,
    )
