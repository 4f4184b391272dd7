"""What a letter says, gathered once by the act that sends it. Names and words are official ones: Chinese."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MaterialLine(_Frozen):
    """One line of the materials table."""

    name: str
    originals: int = 0
    copies: int = 0
    #: A value of the cases' ``Way``: upload, paper, scan, form, none; ``paper-to-come`` for paper that is promised.
    way: str = ""
    flaw: str = ""
    how_to_mend: str = ""


class LimitFacts(_Frozen):
    """A limit and its day; ``missing_year`` where the day waits for that year's calendar."""

    count: int
    #: A value of the calendar's ``Unit``.
    unit: str
    due_on: date | None = None
    missing_year: int | None = None


class LetterFacts(_Frozen):
    """Everything that any letter may need. ID numbers come masked."""

    institution: str
    agency: str
    case_no: str
    item_name: str
    applicant_name: str
    #: The type of the item in Chinese; empty and 行政许可 are set as licences.
    item_type: str = ""
    item_code: str = ""
    pin: str = ""
    id_masked: str = ""
    representative_name: str = ""
    centre: str = ""
    window: str = ""
    officer: str = ""
    materials: tuple[MaterialLine, ...] = ()
    filed_at: datetime | None = None
    received_at: datetime | None = None
    accepted_at: datetime | None = None
    decided_at: datetime | None = None
    statutory: LimitFacts | None = None
    promised: LimitFacts | None = None
    reason: str = ""
    legal_basis: str = ""
    correct_agency: str = ""
    review_body: str = ""
    review_days: int | None = None
    court: str = ""
    court_months: int | None = None
    result_name: str = ""
    result_no: str = ""
    valid_for: str = ""
    correct_until: date | None = None
    consequence: str = ""
    contact_phone: str = ""
    hotline: str = ""
    query_url: str = ""
    check_url: str = ""
    collector_name: str = ""
    collector_id_masked: str = ""
    collect_way: str = ""
    bag_no: str = ""
    returned: tuple[str, ...] = ()
    #: The case counts as accepted because nothing was said in time; nobody has found the papers complete.
    is_deemed: bool = False
    #: A receipt for papers that come after the first one; no limit begins with it.
    is_later: bool = False
