"""Versions as other domains see them. A published version never changes: each process reads it once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db import connection

from yimen.calendar.terms import Limit, Unit
from yimen.catalogue.errors import ItemNotFound, ItemNotOffered
from yimen.catalogue.models import Item, ItemVersion, ServicePoint
from yimen.catalogue.terms import CaseType, Content, Faq, ItemType, TextState, VersionState
from yimen.kernel.errors import NotFound
from yimen.kernel.questions import Question, Rows

#: Languages by the code of their translation; everything else is read in Chinese.
_TRANSLATED = ("en", "ja", "ko")


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of an item, whole. Texts are Chinese; ``texts`` puts them into another language."""

    id: int
    item_id: int
    code: str
    number: int
    name: str
    plain_name: str
    type: ItemType
    case_type: CaseType
    agency_id: int
    agency_code: str
    agency_name: str
    agency_names: dict[str, str]
    region_code: str
    audience: tuple[str, ...]
    statutory: Limit | None
    promised: Limit | None
    content: Content
    effective_from: date | None


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a version in one language, Chinese in every gap; ``state`` is empty where nothing is translated."""

    language: str
    state: str
    name: str
    plain_name: str
    summary: str
    conditions: tuple[str, ...]
    results: tuple[str, ...]
    faqs: tuple[Faq, ...]
    materials: dict[str, dict[str, str]] = field(default_factory=dict)
    route: dict[str, str] = field(default_factory=dict)
    fees: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)


def version(version_id: int) -> VersionRow:
    """The version under this key. No query if this process has seen it published. Raises: NotFound."""
    try:
        return _published(str(connection.settings_dict["NAME"]), version_id)
    except _NotFrozenError as draft:
        return draft.row


def version_for_filing(item_code: str) -> VersionRow:
    """The version in force, by which an application is filed now. One query. Raises: ItemNotOffered."""
    found = _current(item_code)
    if found is None or found[1] != VersionState.PUBLISHED:
        raise ItemNotOffered
    return version(found[0])


def asking_for_filing(item_code: str, centre_id: int) -> Question[tuple[int, bool]]:
    """Key of the version by which is filed now, and whether the centre takes the item in.

    Raises: ItemNotOffered, when it is read
    """
    return Question(
        """
        SELECT item.current_id, version.state, EXISTS (
            SELECT FROM catalogue_servicepoint point WHERE point.item_id = item.id AND point.centre_id = %s)
        FROM catalogue_item item JOIN catalogue_itemversion version ON version.id = item.current_id
        WHERE item.code = %s
        """,
        (centre_id, item_code),
        _filing_row,
    )


def _filing_row(rows: Rows) -> tuple[int, bool]:
    if not rows or rows[0][1] != VersionState.PUBLISHED:
        raise ItemNotOffered
    return rows[0][0], rows[0][2]


def version_in_force(item_code: str) -> tuple[VersionRow, bool]:
    """The version that a guide shows, and whether it may be applied for now. One query. Raises: ItemNotFound."""
    found = _current(item_code)
    if found is None or found[1] not in {VersionState.PUBLISHED, VersionState.SUSPENDED}:
        raise ItemNotFound
    return version(found[0]), found[1] == VersionState.PUBLISHED


def texts(found: VersionRow, language: str) -> Words:
    """The version's words in ``zh-hans``, ``en``, ``ja`` or ``ko``; what is not translated stays Chinese."""
    content = found.content
    text = content.translations.get(language) if language in _TRANSLATED else None  # type: ignore[call-overload]
    if text is None:
        plain = (found.name, found.plain_name, content.summary, content.conditions)
        results = tuple(result.name for result in content.results)
        return Words("zh-hans", "", *plain, results=results, faqs=content.faqs)
    return Words(
        language=language,
        state=TextState(text.state),
        name=text.name or found.name,
        plain_name=text.plain_name,
        summary=text.summary or content.summary,
        conditions=_filled(text.conditions, content.conditions),
        results=_filled(text.results, tuple(result.name for result in content.results)),
        faqs=text.faqs if len(text.faqs) == len(content.faqs) else content.faqs,
        materials=text.materials,
        route=text.route,
        fees=text.fees,
        form=text.form,
    )


def takes_in(item_id: int, centre_id: int) -> bool:
    """Whether the windows of this centre take the item in. One query."""
    return ServicePoint.objects.filter(item_id=item_id, centre_id=centre_id).exists()


def points(item_id: int) -> list[int]:
    """Keys of the centres that take the item in. One query."""
    return list(
        ServicePoint.objects.filter(item_id=item_id).order_by("centre__code").values_list("centre_id", flat=True)
    )


def _current(item_code: str) -> tuple[int, str] | None:
    return (
        Item.objects.filter(code=item_code, current__isnull=False).values_list("current_id", "current__state").first()
    )


def _filled(translated: tuple[str, ...], chinese: tuple[str, ...]) -> tuple[str, ...]:
    """The translation if it has as many lines; half a list would mislead."""
    return translated if len(translated) == len(chinese) else chinese


class _NotFrozenError(Exception):
    """A draft is never kept; it travels out past the cache."""

    def __init__(self, row: VersionRow) -> None:
        self.row = row


@lru_cache(maxsize=4096)
def _published(_database: str, version_id: int) -> VersionRow:
    found = ItemVersion.objects.select_related("item__agency", "item__region").filter(pk=version_id).first()
    if found is None:
        raise NotFound
    row = version_row(found)
    if found.published_at is None:
        raise _NotFrozenError(row)
    return row


def version_row(found: ItemVersion) -> VersionRow:
    """The row of a version that was read with its item, agency and region."""
    item = found.item
    return VersionRow(
        id=found.pk,
        item_id=item.pk,
        code=item.code,
        number=found.number,
        name=found.name,
        plain_name=found.plain_name,
        type=ItemType(found.type),
        case_type=CaseType(found.case_type),
        agency_id=item.agency_id,
        agency_code=item.agency.code,
        agency_name=item.agency.name,
        agency_names=item.agency.names,
        region_code=item.region.code,
        audience=tuple(found.audience),
        statutory=_limit(found.statutory_count, found.statutory_unit),
        promised=_limit(found.promised_count, found.promised_unit),
        content=Content.model_validate(found.content),
        effective_from=found.effective_from,
    )


def _limit(count: int | None, unit: str) -> Limit | None:
    return None if count is None else Limit(count, Unit(unit))
