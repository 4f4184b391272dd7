"""A published version does not change any more: only its state may, and never back to draft."""

from django.db import migrations

GUARD = """
CREATE FUNCTION catalogue_freeze_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' OR NEW.state IN ('draft', 'in_review') THEN
        RAISE EXCEPTION 'version % of item % is published and does not change', OLD.number, OLD.item_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER freeze_published BEFORE UPDATE OR DELETE ON catalogue_itemversion
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION catalogue_freeze_published();
"""


class Migration(migrations.Migration):
    """One trigger."""

    dependencies = [("catalogue", "0002_begin")]
    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER freeze_published ON catalogue_itemversion; DROP FUNCTION catalogue_freeze_published()",
        )
    ]
