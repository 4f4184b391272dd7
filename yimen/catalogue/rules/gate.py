"""The publish gate: what a version must say before people may rely on it."""

from __future__ import annotations

import re
from enum import StrEnum

from yimen.calendar.terms import Unit
from yimen.catalogue.errors import MakerIsChecker, PromiseLongerThanLaw
from yimen.catalogue.terms import CaseType, Content, ItemData, ItemType, LimitContent

#: A name that says nothing about what to bring: 其他材料, 相关证明文件, 有关资料等.
_VAGUE = re.compile(
    r"^(法律法规|法律、法规)?(规定的|需要的|所需的)?(其他|其它|相关|有关|必要|相应|补充|证明|的)*(材料|资料|文件|证件|证明|手续)?等?[。．.]?$"
)
#: Working days are about seven fifths as long as calendar days; a month has thirty; an opening day has seven hours.
_DAYS = {Unit.WORKING_DAY: 7 / 5, Unit.CALENDAR_DAY: 1.0, Unit.MONTH: 30.0, Unit.OPENING_HOUR: 1 / 5}


class Gap(StrEnum):
    """What a draft lacks. Where it is one line of many, its code follows after a colon."""

    LIMIT = "limit"  #: no promised limit, or no statutory one where the law sets it
    MATERIALS = "materials"  #: neither papers nor a form
    MATERIAL_NAME = "material_name"  #: a line without a name
    MATERIAL_VAGUE = "material_vague"  #: a line like "other materials"
    MATERIAL_WHEN = "material_when"  #: a line for some cases only that does not say for which
    AUDIENCE = "audience"  #: nobody whom it is for
    FEE_BASIS = "fee_basis"  #: a fee without its basis


def is_longer(one: LimitContent, other: LimitContent) -> bool:
    """Whether one limit is longer than the other; across units by their usual length."""
    if one.unit == other.unit:
        return one.count > other.count
    return one.count * _DAYS[one.unit] > other.count * _DAYS[other.unit] + 1


def check_limits(item: ItemData) -> None:
    """A promise is not longer than the law allows. Law: XKF art. 42. Raises: PromiseLongerThanLaw."""
    if item.statutory_limit and item.promised_limit and is_longer(item.promised_limit, item.statutory_limit):
        raise PromiseLongerThanLaw(field="promised_limit")


def check_maker(drafted_by: str, publisher: str) -> None:
    """Two people: one drafts, one publishes. Raises: MakerIsChecker."""
    if drafted_by == publisher:
        raise MakerIsChecker


def gaps_of(item: ItemData) -> list[str]:
    """Everything that keeps the item from being published, in the order in which a guide is read.

    Law: XKF art. 30 (conditions, limits and the full list of papers are published), art. 58 (a fee has a basis)
    """
    found = [Gap.AUDIENCE] if not item.audience else []
    return [*found, *_limit_gaps(item), *_material_gaps(item.content), *_fee_gaps(item.content)]


def _limit_gaps(item: ItemData) -> list[str]:
    if item.case_type == CaseType.INSTANT:
        return []
    needs_law = item.type != ItemType.PUBLIC_SERVICE
    is_missing = item.promised_limit is None or (needs_law and item.statutory_limit is None)
    return [Gap.LIMIT] if is_missing else []


def _material_gaps(content: Content) -> list[str]:
    if not content.materials and not content.form.steps:
        return [Gap.MATERIALS]
    found: list[str] = []
    for line in content.materials:
        if not line.name.strip():
            found.append(f"{Gap.MATERIAL_NAME}:{line.code}")
        elif _VAGUE.match(line.name.strip()):
            found.append(f"{Gap.MATERIAL_VAGUE}:{line.code}")
        if line.necessity == "optional" and not line.when and not line.condition:
            found.append(f"{Gap.MATERIAL_WHEN}:{line.code}")
    return found


def _fee_gaps(content: Content) -> list[str]:
    return [f"{Gap.FEE_BASIS}:{number}" for number, fee in enumerate(content.fees, 1) if not fee.basis.strip()]
