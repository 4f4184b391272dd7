"""The table of the shared cache: how often somebody tried. Unlogged, for it may be lost with the machine."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_note_name_level")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE identity_throttle (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX identity_throttle_expires ON identity_throttle (expires);
            """,
            "DROP TABLE identity_throttle",
        )
    ]
