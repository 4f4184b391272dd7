"""An item as a file says it: one line of ``manage import_items``, one file of a data set."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from yimen.catalogue.terms.content import Content, LimitContent, Short
from yimen.catalogue.terms.words import Audience, CaseType, ItemType

ItemCode = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$")]


class ItemData(BaseModel):
    """One item. ``agency`` and ``region`` are codes; whether it can be published is decided by its gaps."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: ItemCode
    catalog_code: Annotated[str, Field(max_length=50)] = ""
    name: Annotated[str, Field(min_length=1, max_length=200)]
    plain_name: Short = ""
    type: ItemType
    case_type: CaseType = CaseType.PROMISED
    agency: Annotated[str, Field(min_length=1, max_length=40)]
    region: Annotated[str, Field(pattern=r"^[0-9]{2,12}$")]
    audience: tuple[Audience, ...] = ()
    statutory_limit: LimitContent | None = None
    promised_limit: LimitContent | None = None
    effective_from: date | None = None
    source: Annotated[str, Field(max_length=60)] = ""
    content: Content = Content()
