"""Lines, anchors and leaves can be added and read, nothing else; the triggers hold for the owner too."""

from django.db import migrations

TABLES = ("ledger_line", "ledger_anchor", "ledger_leaf")

GUARD = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
TRIGGER = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {0}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
REVOKE UPDATE, DELETE ON {0} FROM yimen_app;
"""


class Migration(migrations.Migration):
    """Triggers that deny, and rights taken away."""

    dependencies = [("ledger", "0001_begin")]
    operations = [
        migrations.RunSQL(GUARD, "DROP FUNCTION ledger_refuse_change() CASCADE"),
        *[migrations.RunSQL(TRIGGER.format(table), migrations.RunSQL.noop) for table in TABLES],
    ]
