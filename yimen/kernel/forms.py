"""Forms as data: steps with fields, shown one thing per page, checked on the server; knows no domain.

A form is JSON with a version; ``FormSpec`` is its shape. Answers are flat: ``{field code: text or list of texts}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from yimen.kernel.errors import NotValid, Refusal, Refusals

FieldCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Answers = dict[str, str | list[str]]
#: What a kind of field must satisfy besides its own limits; may return the answer in its normal form.
Checks = Mapping["FieldType", Callable[[str], object]]


class FieldType(StrEnum):
    """What is asked for."""

    TEXT = "text"
    TEXTAREA = "textarea"
    NUMBER = "number"
    MONEY = "money"  #: yuan with two decimals
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    USCC = "uscc"
    ADDRESS = "address"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(_Frozen):
    """One answer to choose."""

    value: FieldCode
    label: str


class ShowIf(_Frozen):
    """The field is asked only when another one has this answer."""

    field: FieldCode
    is_: str = Field(alias="is")

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class FormField(_Frozen):
    """One question. ``prefill`` names what we know already: ``person.name``, ``organisation.uscc``."""

    code: FieldCode
    label: str
    type: FieldType = FieldType.TEXT
    required: bool = True
    hint: str = ""
    options: tuple[Option, ...] = ()
    prefill: str = ""
    show_if: ShowIf | None = None
    min: float | None = None
    max: float | None = None
    max_length: int = 200


class FormStep(_Frozen):
    """What stands on one page."""

    code: FieldCode
    title: str
    fields: tuple[FormField, ...]


class FormSpec(_Frozen):
    """A form: its steps in order."""

    version: int = 1
    steps: tuple[FormStep, ...] = ()

    @model_validator(mode="after")
    def _asks_in_order(self) -> FormSpec:
        """A field is shown by one that was asked before it, and there is something to choose wherever one chooses."""
        asked: set[str] = set()
        for field in self.field_list():
            if field.show_if and field.show_if.field not in asked:
                raise ValueError(f"{field.code} is shown by {field.show_if.field}, which is not asked before it")
            if field.type in {FieldType.CHOICE, FieldType.CHOICES} and not field.options:
                raise ValueError(f"{field.code} has nothing to choose")
            asked.add(field.code)
        return self

    def field_list(self) -> list[FormField]:
        """Every field, in order."""
        return [field for step in self.steps for field in step.fields]


def is_shown(field: FormField, answers: Answers) -> bool:
    """Whether the field is asked, given the answers so far. Of several choices one is enough."""
    if field.show_if is None:
        return True
    given = answers.get(field.show_if.field)
    return field.show_if.is_ in given if isinstance(given, list) else given == field.show_if.is_


def prefilled(step: FormStep, answers: Answers, known: Mapping[str, str]) -> Answers:
    """What we know already for the fields of this step that nobody has answered yet."""
    return {
        field.code: known[field.prefill]
        for field in step.fields
        if field.code not in answers and known.get(field.prefill)
    }


class AnswerMissing(NotValid):
    """A required field was left empty."""

    code = "kernel.answer-missing"
    message = _("%(label)s: please fill this in.")


class AnswerTooLong(NotValid):
    """More characters than the field takes."""

    code = "kernel.answer-too-long"
    message = _("%(label)s: at most %(most)s characters.")


class AnswerUnreadable(NotValid):
    """Not a text, or one with characters that cannot be stored."""

    code = "kernel.answer-unreadable"
    message = _("%(label)s: this contains characters that cannot be stored.")


class NotANumber(NotValid):
    """Something else than a number."""

    code = "kernel.not-a-number"
    message = _("%(label)s: please write a number, in figures.")


class NotAnAmount(NotValid):
    """Something else than an amount of money."""

    code = "kernel.not-an-amount"
    message = _("%(label)s: please write an amount in yuan with at most two decimals, such as 1200.50.")


class NumberOutOfRange(NotValid):
    """Smaller or larger than the field takes."""

    code = "kernel.number-out-of-range"
    message = _("%(label)s: please write a number from %(least)s to %(most)s.")


class NotADay(NotValid):
    """Not a day of the calendar."""

    code = "kernel.not-a-day"
    message = _("%(label)s: please write a day of the calendar, such as 2016-06-25.")


class NotAChoice(NotValid):
    """None of the answers that can be chosen."""

    code = "kernel.not-a-choice"
    message = _("%(label)s: please choose one of the answers.")


class UnknownField(NotValid):
    """The form has no such field."""

    code = "kernel.unknown-field"
    message = _("The form has no field %(name)s.")


def check_answers(spec: FormSpec, answers: Mapping[str, object], *, checks: Checks) -> Answers:
    """The answers in their normal form, in the order of the form; what is not asked is left out.

    Raises: Refusals, one for each field that is wrong and for each that does not exist.
    """
    codes = {field.code for field in spec.field_list()}
    refusals: list[Refusal] = [UnknownField(name=str(code)[:40]) for code in answers if code not in codes]
    return _checked(spec.field_list(), answers, {}, refusals, checks)


def check_step(step: FormStep, answers: Mapping[str, object], *, checks: Checks) -> Answers:
    """The answers to one page in their normal form; those to other pages in ``answers`` decide what is asked here.

    Raises: Refusals, one for each field that is wrong.
    """
    codes = {field.code for field in step.fields}
    others = {code: given for code, given in answers.items() if code not in codes and isinstance(given, str | list)}
    return _checked(step.fields, answers, others, [], checks)


def _checked(
    fields: Iterable[FormField], answers: Mapping[str, object], others: Answers, refusals: list[Refusal], checks: Checks
) -> Answers:
    clean: Answers = {}
    for field in fields:
        if not is_shown(field, {**others, **clean}):
            continue
        try:
            answer = check_field(field, answers.get(field.code), checks=checks)
        except Refusal as refusal:
            refusal.field = field.code
            refusals.append(refusal)
        else:
            if answer:
                clean[field.code] = answer
    if refusals:
        raise Refusals(refusals)
    return clean


def check_field(field: FormField, given: object, *, checks: Checks) -> str | list[str]:
    """One answer in its normal form; empty where nothing was given and nothing is needed.

    Raises: Refusal.
    """
    if field.type == FieldType.CHOICES:
        return _choices(field, given)
    if given is not None and not isinstance(given, str):
        raise AnswerUnreadable(label=field.label)
    text = (given or "").strip()
    if not text:
        if field.required:
            raise AnswerMissing(label=field.label)
        return ""
    _check_text(field, text)
    text = _READERS.get(field.type, _as_it_is)(field, text)
    normal = checks[field.type](text) if field.type in checks else text
    return normal if isinstance(normal, str) and normal else text


def _check_text(field: FormField, text: str) -> None:
    if len(text) > field.max_length:
        raise AnswerTooLong(label=field.label, most=field.max_length)
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text):
        raise AnswerUnreadable(label=field.label)


def _choices(field: FormField, given: object) -> list[str]:
    chosen = [given] if isinstance(given, str) and given else given or []
    values = [option.value for option in field.options]
    if not isinstance(chosen, list) or any(one not in values for one in chosen):
        raise NotAChoice(label=field.label)
    if field.required and not chosen:
        raise AnswerMissing(label=field.label)
    return [value for value in values if value in chosen]


def _as_it_is(_field: FormField, text: str) -> str:
    return text


def _choice(field: FormField, text: str) -> str:
    if text not in {option.value for option in field.options}:
        raise NotAChoice(label=field.label)
    return text


def _yes_no(field: FormField, text: str) -> str:
    if text not in {"yes", "no"}:
        raise NotAChoice(label=field.label)
    return text


def _day(field: FormField, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise NotADay(label=field.label) from None


def _number(field: FormField, text: str) -> str:
    try:
        number = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise NotANumber(label=field.label) from None
    if not number.is_finite() or len(text) > 30 or abs(number.adjusted()) > 20:
        raise NotANumber(label=field.label)
    _check_range(field, number)
    return f"{number.normalize():f}"


def _money(field: FormField, text: str) -> str:
    try:
        amount = Decimal(_number(field, text))
    except NotANumber:
        raise NotAnAmount(label=field.label) from None
    if amount < 0 or amount != amount.quantize(Decimal("0.01")):
        raise NotAnAmount(label=field.label)
    return f"{amount:.2f}"


def _check_range(field: FormField, number: Decimal) -> None:
    is_low = field.min is not None and number < Decimal(str(field.min))
    is_high = field.max is not None and number > Decimal(str(field.max))
    if is_low or is_high:
        least = "…" if field.min is None else f"{field.min:g}"
        most = "…" if field.max is None else f"{field.max:g}"
        raise NumberOutOfRange(label=field.label, least=least, most=most)


_READERS: dict[FieldType, Callable[[FormField, str], str]] = {
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.DATE: _day,
    FieldType.CHOICE: _choice,
    FieldType.YES_NO: _yes_no,
}
