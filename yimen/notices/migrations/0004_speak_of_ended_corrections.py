from django.db import migrations, models

CHOICES = [
    ("case_filed", "application received"),
    ("case_accepted", "application accepted"),
    ("case_not_accepted", "application not accepted"),
    ("correction_asked", "corrections needed"),
    ("correction_due", "corrections due soon"),
    ("payment_asked", "payment needed"),
    ("case_granted", "application granted"),
    ("case_refused", "application refused"),
    ("result_ready", "result ready to be collected"),
    ("case_closed", "case closed"),
    ("case_withdrawn", "application withdrawn"),
    ("case_terminated", "case ended for want of corrections"),
    ("sign_in_code", "sign-in code"),
]

class Migration(migrations.Migration):
    """Two more occasions: corrections that are due soon, and a case that ended for want of them."""

    dependencies = [("notices", "0003_index_subject")]
    operations = [
        migrations.AlterField(model, "occasion", models.CharField(choices=CHOICES, max_length=30))
        for model in ("template", "notice")
    ]
