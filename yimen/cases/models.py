"""The register: cases, their materials, steps, clocks, drafts and hand-over lists.

The history of a case is its chain in the ledger; there is no second one here.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from yimen.calendar.terms import Unit
from yimen.cases.terms import (
    CaseState,
    ClockKind,
    CollectWay,
    Decision,
    FilingChannel,
    Opinion,
    StepState,
    Verdict,
    Way,
)
from yimen.catalogue.models import Item, ItemVersion
from yimen.catalogue.terms import StepKind
from yimen.documents.models import File, Letter
from yimen.identity.models import Agency, Mandate, Organisation, Person, Post, Staff
from yimen.kernel.ids import new_id
from yimen.kernel.sealing import SealedTextField
from yimen.places.models import Centre, Window


class Draft(models.Model):
    """A filing that is being written, saved from the first answer on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT)
    #: For whom: nothing means for oneself.
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, null=True)
    collect = models.CharField(max_length=8, choices=CollectWay.choices, default=CollectWay.COUNTER)
    #: Answers may name people and numbers: sealed as one JSON text.
    answers = SealedTextField(default="{}")
    #: What was chosen for lines without a file: ``{"m2": "paper"}``.
    ways = models.JSONField(default=dict, blank=True)
    #: Codes of form steps that are complete.
    steps_done = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_on = models.DateField()


class DraftFile(models.Model):
    """A file given for one line of the checklist before filing."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    material_code = models.CharField(max_length=40)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")


class Case(models.Model):
    """One request. ``revision`` grows with every act: two people cannot act on the same picture of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case_no = models.CharField(max_length=24, unique=True)
    pin = SealedTextField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=8, choices=FilingChannel.choices)
    state = models.CharField(max_length=16, choices=CaseState.choices)
    revision = models.PositiveIntegerField(default=1)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    representative = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="+")
    #: As it stood at filing, for lists and letters.
    applicant_name = models.CharField(max_length=200)
    contact_name = models.CharField(max_length=100, blank=True)
    contact_phone = SealedTextField(blank=True, default="")
    language = models.CharField(max_length=10, default="zh-hans")
    #: JSON text of the form's answers, sealed.
    answers = SealedTextField(default="{}")
    collect = models.CharField(max_length=8, choices=CollectWay.choices, default=CollectWay.COUNTER)

    #: Who filed it (``kind:id``) and the key they sent: the same pair never files twice.
    filed_by = models.CharField(max_length=60)
    idempotency_key = models.CharField(max_length=80)
    filed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    is_deemed_accepted = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    handed_over_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    #: The promised last day for the decision, or the earliest possible one while the calendar is not published.
    due_on = models.DateField(null=True)
    #: Number of the certificate or approval, once made.
    result_no = models.CharField(max_length=60, blank=True)
    #: Why it was turned away, refused, withdrawn or terminated; the letter says it in full.
    reason = models.TextField(blank=True)
    #: Who accepted, decided and made the result: for the separation of duties; steps know their own people.
    accepted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("filed_by", "idempotency_key", name="one_case_per_filer_and_key"),
            models.CheckConstraint(
                condition=models.Q(person=None) ^ models.Q(organisation=None), name="case_has_one_applicant"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["in_review", "awaiting_payment", "granted", "refused", "ready"])
                | models.Q(accepted_at__isnull=False),
                name="case_behind_the_counter_was_accepted",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["granted", "refused", "ready", "handed_over"]) | ~models.Q(decision=""),
                name="case_with_a_result_was_decided",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None)
                | models.Q(accepted_at__isnull=False) & models.Q(decided_at__gte=models.F("accepted_at")),
                name="case_is_decided_after_acceptance",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "state", "filed_at"], name="cases_case_centre"),
            models.Index(fields=["agency", "state", "due_on", "id"], name="cases_case_agency"),
            models.Index(fields=["person", "-filed_at"], name="cases_case_person"),
            models.Index(fields=["organisation", "-filed_at"], name="cases_case_organisation"),
            models.Index(fields=["representative", "-filed_at"], name="cases_case_representative"),
        ]


class CaseMaterial(models.Model):
    """One line of the frozen checklist in one case: how it was given and what the clerk found."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="materials")
    #: Code of the line in the version's checklist, and its place there.
    code = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.NONE)
    copies = models.PositiveSmallIntegerField(default=0)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, default=Verdict.OPEN)
    #: What is wrong with it and how to mend it, said once.
    flaw = models.CharField(max_length=500, blank=True)
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "code", name="one_material_per_case_and_code"),
            models.CheckConstraint(
                condition=~models.Q(verdict="flawed") | ~models.Q(flaw=""), name="flawed_material_says_why"
            ),
        ]
        ordering = ["position"]


class CaseFile(models.Model):
    """A file given for a line; what is replaced by a correction stays, with the day it was replaced."""

    material = models.ForeignKey(CaseMaterial, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)


class CaseStep(models.Model):
    """A step of the route in one case, fixed from the version when the case is accepted."""

    #: Code of the post, where a question has brought it along; no column.
    post_code: str = ""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=StepKind.choices)
    stage = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=StepState.choices, default=StepState.WAITING)
    opened_at = models.DateTimeField(null=True)
    #: The day by which it should be done, or the earliest possible one while the calendar is not published.
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    #: Staff records of everybody who took part: surveys need two.
    people = ArrayField(models.BigIntegerField(), default=list, blank=True)
    opinion = models.CharField(max_length=8, choices=Opinion.choices, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "code", name="one_step_per_case_and_code"),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(done_at__isnull=False), name="done_step_has_done_at"
            ),
        ]
        indexes = [
            models.Index(fields=["post", "due_on", "id"], name="cases_step_open", condition=models.Q(state="open"))
        ]
        ordering = ["stage", "id"]


class Clock(models.Model):
    """A limit that runs on a case.

    While the calendar of a year is not published ``due_on`` is empty and the count stands; ``watch_on`` is the
    earliest possible day, by which it is watched.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=10, choices=ClockKind.choices)
    count = models.PositiveIntegerField()
    unit = models.CharField(max_length=12, choices=Unit.choices)
    started_on = models.DateField()
    due_on = models.DateField(null=True)
    watch_on = models.DateField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case", "kind", condition=models.Q(stopped_at=None), name="one_running_clock_per_case_and_kind"
            )
        ]
        indexes = [
            models.Index(fields=["kind", "watch_on"], name="cases_clock_running", condition=models.Q(stopped_at=None)),
            models.Index(fields=["id"], name="cases_clock_undated", condition=models.Q(stopped_at=None, due_on=None)),
        ]


class CorrectionNotice(models.Model):
    """The one notice: what was missing, by line, and until when it may be handed in."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveSmallIntegerField(default=1)
    lines = models.JSONField()
    asked_at = models.DateTimeField()
    supplied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("case", "number", name="one_notice_per_case_and_number")]


class Payment(models.Model):
    """A fee the case waits for, and how it was settled: paid, or waived by a relief that the version names."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="payments")
    name = models.CharField(max_length=200)
    amount_fen = models.PositiveBigIntegerField()
    basis = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    #: Number of the receipt of the treasury or bank.
    receipt_no = models.CharField(max_length=60, blank=True)
    waived_at = models.DateTimeField(null=True)
    #: Why it was waived: what the applicant has shown.
    waiver = models.CharField(max_length=200, blank=True, default="")


class CaseLetter(models.Model):
    """An official letter of the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")


class Collection(models.Model):
    """Who took the result, with which document, how and when (领取登记, message 9)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="collection")
    way = models.CharField(max_length=8, choices=CollectWay.choices)
    name = models.CharField(max_length=100)
    id_type = models.CharField(max_length=3, blank=True)
    id_number = SealedTextField(blank=True, default="")
    handed_over_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    handed_over_at = models.DateTimeField()


class HandOverList(models.Model):
    """Paper on its way from a window to the department (W17): a sealed bag with a number, sent and signed for."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=24, unique=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    bag_no = models.CharField(max_length=40)
    sent_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    received_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, related_name="+")


class HandOverLine(models.Model):
    """The paper of one case in a bag."""

    list = models.ForeignKey(HandOverList, on_delete=models.PROTECT, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    materials = ArrayField(models.CharField(max_length=40))

    class Meta:
        constraints = [models.UniqueConstraint("list", "case", name="one_line_per_list_and_case")]
