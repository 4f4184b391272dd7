"""The running number of cases: a sequence of six digits that starts again (the day stands in front of it); gaps are allowed."""

from django.db import migrations


class Migration(migrations.Migration):
    """One sequence."""

    dependencies = [("cases", "0001_begin")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE cases_number MINVALUE 1 MAXVALUE 999999 CYCLE",
            "DROP SEQUENCE cases_number",
        )
    ]
