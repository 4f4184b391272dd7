"""Forms as data: steps with fields, shown one thing per page, checked on the server; knows no domain.

A form is JSON with a version; ``FormSpec`` is its shape. Answers are a flat mapping ``{field code: text or list of texts}``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

FieldCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Answers = dict[str, str | list[str]]


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
    """One question. ``prefill`` names what we know already: ``person.name``, ``organisation.uscc`` …"""

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

    def field_list(self) -> list[FormField]:
        """Every field, in order."""
        return [field for step in self.steps for field in step.fields]


def is_shown(field: FormField, answers: Answers) -> bool:
    """Whether the field is asked, given the answers so far."""
    return field.show_if is None or answers.get(field.show_if.field) == field.show_if.is_
