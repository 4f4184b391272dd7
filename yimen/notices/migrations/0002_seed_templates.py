"""The first words for every occasion in four languages; words that officers have changed are left alone."""

import json
from pathlib import Path

from django.db import migrations

SEED = Path(__file__).parents[1] / "templates.json"


def seed(apps, schema_editor):
    """Put in what is not there yet."""
    template = apps.get_model("notices", "Template")
    for occasion, languages in json.loads(SEED.read_text(encoding="utf-8")).items():
        for language, words in languages.items():
            template.objects.get_or_create(occasion=occasion, language=language, defaults=words)


class Migration(migrations.Migration):
    """Data only; the words lie in templates.json, and addresses in them on lines of their own."""

    dependencies = [("notices", "0001_begin")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
