from django.db import migrations, models


class Migration(migrations.Migration):
    """A fee may be waived where the published version names a relief."""

    dependencies = [("cases", "0002_number_cases")]
    operations = [
        migrations.AddField("payment", "waived_at", models.DateTimeField(null=True)),
        migrations.AddField("payment", "waiver", models.CharField(blank=True, default="", max_length=200)),
    ]
