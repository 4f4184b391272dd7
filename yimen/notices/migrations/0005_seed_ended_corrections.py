"""The first words for the two new occasions; whatever is there already is left alone."""

import json
from pathlib import Path

from django.db import migrations

SEED = Path(__file__).parents[1] / "templates.json"


def seed(apps, schema_editor):
    """Put in what is not there yet."""
    template = apps.get_model("notices", "Template")
    words_of = json.loads(SEED.read_text(encoding="utf-8"))
    for occasion in ("correction_due", "case_terminated"):
        for language, words in words_of[occasion].items():
            template.objects.get_or_create(occasion=occasion, language=language, defaults=words)


class Migration(migrations.Migration):
    """Data only; a new installation has these words from 0002 already."""

    dependencies = [("notices", "0004_speak_of_ended_corrections")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
