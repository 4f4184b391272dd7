"""The shape of a version's content: one JSON document per version, checked by these models (elements: GB/T 39046 §6).

The same document is the file format of ``demo/`` and of ``manage import_items``. Texts are Chinese; ``translations``
holds other languages by code, each with its state.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from yimen.calendar.terms import Unit
from yimen.catalogue.terms.words import (
    MaterialForm,
    MaterialKind,
    MaterialSource,
    Necessity,
    ResultKind,
    StepKind,
    TextState,
)
from yimen.kernel.forms import FormSpec

Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=4000)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class _Frozen(BaseModel):
    """Unknown members are refused; nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LimitContent(_Frozen):
    """So many units."""

    count: Annotated[int, Field(ge=0, le=3650)]
    unit: Unit = Unit.WORKING_DAY


class Material(_Frozen):
    """One line of the checklist (GB/T 39046 and domain practice: 申请材料)."""

    code: Code
    name: Short
    kind: MaterialKind = MaterialKind.OTHER
    form: MaterialForm = MaterialForm.EITHER
    necessity: Necessity = Necessity.REQUIRED
    #: In which situation an ``optional`` line is needed, in words.
    when: Short = ""
    #: The same as a condition on the form's answers: ``{"field": "agent", "is": "yes"}``.
    condition: dict[str, str] | None = None
    source: MaterialSource = MaterialSource.APPLICANT
    issuer: Short = ""
    originals: Annotated[int, Field(ge=0, le=99)] = 0
    copies: Annotated[int, Field(ge=0, le=99)] = 0
    paper_spec: Short = "A4"
    note: Long = ""
    #: What the clerk holds against the paper, point by point (受理标准).
    acceptance_standard: tuple[Short, ...] = ()
    legal_basis: Short = ""
    in_person: bool = False
    #: Type of certificate that would satisfy this line once certificates stand.
    certificate_type: Short = ""
    #: What a good one looks like, in words (样表).
    sample: Long = ""


class Fee(_Frozen):
    """收费项目. Amount in fen; a fee needs its basis (XKF art. 58)."""

    name: Short
    amount_fen: Annotated[int, Field(ge=0)]
    basis: Short
    relief: Short = ""


class Result(_Frozen):
    """审批结果."""

    name: Short
    kind: ResultKind = ResultKind.APPROVAL
    valid_for: Short = ""
    #: Letters before the number of the result, such as 食证.
    number_prefix: Annotated[str, Field(max_length=20)] = ""


class RouteStep(_Frozen):
    """One step behind the counter. Steps of the same stage run side by side; the last stage decides."""

    code: Code
    name: Short
    kind: StepKind
    stage: Annotated[int, Field(ge=1, le=50)]
    #: Code of the post that does it.
    post: Short
    limit: LimitContent
    #: Surveys need two people at least (XKF art. 34).
    people: Annotated[int, Field(ge=1, le=9)] = 1


class Readiness(_Frozen):
    """How far the item can be done without coming (declared; what is observed is counted elsewhere)."""

    file_online: bool = False
    approve_online: bool = False
    visits: Annotated[int, Field(ge=0, le=99)] = 1
    visit_reason: Short = ""
    courier: bool = False
    booking: bool = False
    kiosk: bool = False


class ServicePoints(_Frozen):
    """Who takes it in: every centre of these tiers, and these centres by code. All integrated windows of them."""

    tiers: tuple[Literal["district", "street", "community"], ...] = ()
    centres: tuple[str, ...] = ()


class Faq(_Frozen):
    """A question people ask, and the answer."""

    question: Short
    answer: Long


class Basis(_Frozen):
    """设定依据: law, article, what it says."""

    law: Short
    article: Short = ""
    text: Long = ""


class Remedy(_Frozen):
    """Where to turn against the decision: printed on refusals."""

    review_body: Short = ""
    court: Short = ""
    #: Days in which review may be asked for, months in which one may sue.
    review_days: int = 60
    court_months: int = 6


class Text(_Frozen):
    """The item in another language. What is missing is shown in Chinese, and the page says so."""

    state: TextState = TextState.MACHINE
    name: Short
    plain_name: Short = ""
    summary: Long = ""
    conditions: tuple[Long, ...] = ()
    #: By code of the material: ``{"name": …, "when": …, "note": …}``.
    materials: dict[str, dict[str, str]] = {}
    #: By code of the route step.
    route: dict[str, str] = {}
    #: By name of the fee in Chinese.
    fees: dict[str, str] = {}
    results: tuple[Short, ...] = ()
    faqs: tuple[Faq, ...] = ()
    #: By code: of a form step its title; of a field ``field``, ``field.hint``; of an option ``field.value``.
    form: dict[str, str] = {}


class Content(_Frozen):
    """Everything a version says beyond its own columns."""

    summary: Long = ""
    conditions: tuple[Long, ...] = ()
    materials: tuple[Material, ...] = ()
    fees: tuple[Fee, ...] = ()
    results: tuple[Result, ...] = ()
    route: tuple[RouteStep, ...] = ()
    readiness: Readiness = Readiness()
    service_points: ServicePoints = ServicePoints()
    form: FormSpec = FormSpec()
    clerk_points: tuple[Short, ...] = ()
    officer_points: tuple[Short, ...] = ()
    legal_basis: tuple[Basis, ...] = ()
    faqs: tuple[Faq, ...] = ()
    remedy: Remedy = Remedy()
    rights: Long = ""
    consult_phone: Short = ""
    complaint_phone: Short = ""
    #: Other words for it that people say; search knows them.
    aliases: tuple[Short, ...] = ()
    themes: tuple[Short, ...] = ()
    life_events: tuple[str, ...] = ()
    #: Codes of items that are often done together.
    goes_with: tuple[str, ...] = ()
    #: Days allowed for corrections after the one notice.
    correction_days: Annotated[int, Field(ge=1, le=180)] = 15
    translations: dict[Literal["en", "ja", "ko"], Text] = {}
