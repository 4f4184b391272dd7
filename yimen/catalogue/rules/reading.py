"""A description of an item, read strictly: what is not understood is refused with its place and the reason."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from yimen.catalogue.errors import ItemDataNotValid, SaidTwice
from yimen.catalogue.rules.gate import check_limits
from yimen.catalogue.terms import ItemData
from yimen.kernel.errors import Refusal, Refusals


def read_item(data: Mapping[str, Any]) -> ItemData:
    """The item that ``data`` describes. Raises: Refusals (one for each thing that is wrong), PromiseLongerThanLaw."""
    check_writable(data)
    try:
        item = ItemData.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise Refusals([_refusal(found) for found in error.errors(include_url=False)[:20]]) from error
    check_limits(item)
    _check_codes(item)
    return item


def digest_of(item: ItemData) -> str:
    """SHA-256 over everything the item says: the same for the same words, whoever brings them."""
    text = json.dumps(item.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check_writable(value: Any, place: str = "") -> None:
    """Every text in ``value`` can be stored: no NUL, no half characters. Raises: ItemDataNotValid."""
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
            raise ItemDataNotValid(place=place or "-", reason="contains a character that cannot be stored")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            check_writable(key, f"{place}.{key!r}"[:80])
            check_writable(inner, f"{place}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            check_writable(inner, f"{place}.{number}")


def _refusal(error: Any) -> Refusal:
    place = ".".join(str(part) for part in error["loc"]) or "-"
    return ItemDataNotValid(field=place, place=place, reason=error["msg"])


def _check_codes(item: ItemData) -> None:
    content = item.content
    fields = [field.code for field in content.form.field_list()]
    for codes in (fields, (line.code for line in content.materials), (step.code for step in content.route)):
        _check_once(codes)


def _check_once(codes: Iterable[str]) -> None:
    for code, times in Counter(codes).items():
        if times > 1:
            raise SaidTwice(item=code)
