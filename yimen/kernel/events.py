"""News: what has happened, written in the same transaction, told afterwards to whoever stands above.

An event is a frozen dataclass with plain fields. ``publish`` writes one row; ``deliver_news`` (the worker's loop,
and the tests) calls the reactions that listen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar, get_type_hints
from uuid import UUID

from yimen.kernel.models import EventRow

Reaction = Callable[[Any], None]

_kinds: dict[str, type[Event]] = {}
_reactions: dict[str, list[Reaction]] = defaultdict(list)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has happened. ``kind`` is ``domain.Name``."""

    kind: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        cls.kind = f"{cls.__module__.split('.')[1]}.{cls.__name__}"
        _kinds[cls.kind] = cls


E = TypeVar("E", bound=Event)


def event_row(event: Event) -> EventRow:
    """The row that tells of the event, not yet written."""
    return EventRow(kind=event.kind, data=asdict(event))


def publish(event: Event) -> None:
    """Write the event into the current transaction. One statement."""
    event_row(event).save(force_insert=True)


def hears(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Mark a reaction. It may be told the same news twice and must not mind."""

    def mark(reaction: Callable[[E], None]) -> Callable[[E], None]:
        _reactions[kind.kind].append(reaction)
        return reaction

    return mark


def reactions_to(kind: str) -> list[Reaction]:
    """Who listens to this kind of news, in the order in which they were marked."""
    return list(_reactions[kind])


def event_from(kind: str, data: dict[str, Any]) -> Event:
    """The event again from its row; days, moments and keys get their types back."""
    cls = _kinds[kind]
    hints = get_type_hints(cls)
    return cls(**{field.name: _typed(hints[field.name], data[field.name]) for field in fields(cls)})


def _typed(hint: object, value: Any) -> Any:
    if value is None:
        return None
    for cls, parse in ((UUID, UUID), (datetime, datetime.fromisoformat), (date, date.fromisoformat)):
        if hint in (cls, cls | None):
            return parse(value)
    return value
