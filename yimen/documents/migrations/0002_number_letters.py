"""The running number of letters: six digits that start again (the day stands in front of it); gaps are allowed."""

from django.db import migrations


class Migration(migrations.Migration):
    """One sequence."""

    dependencies = [("documents", "0001_begin")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE documents_letter_number MINVALUE 1 MAXVALUE 999999 CYCLE",
            "DROP SEQUENCE documents_letter_number",
        )
    ]
