"""``manage print_item_schema``: the format of an item as JSON Schema; ``docs/reference/item.schema.json`` is this."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand

from yimen.catalogue.terms import ItemData


class Command(BaseCommand):
    help = "Print the JSON Schema of an item file."

    def handle(self, **_options: Any) -> None:
        self.stdout.write(item_schema())


def item_schema() -> str:
    """The schema as text, always the same for the same models."""
    return json.dumps(ItemData.model_json_schema(), ensure_ascii=False, indent=2, sort_keys=True)
