"""The table of programme versions: read by everybody, written by the owner, changed by nobody."""

import django.db.models
from django.db import migrations, models

import samspil.foundation.kernel.ids
from samspil.foundation.kernel.tables import guarded_table, open_table

IMMUTABLE = """
CREATE FUNCTION programmes_version_stands() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a version of a programme never changes' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'programme_version_never_changes';
END $$;
REVOKE ALL ON FUNCTION programmes_version_stands() FROM PUBLIC;
CREATE TRIGGER programme_version_never_changes BEFORE UPDATE ON programmes_programmeversion
    FOR EACH ROW EXECUTE FUNCTION programmes_version_stands();
"""
UNDO = "DROP TRIGGER programme_version_never_changes ON programmes_programmeversion; DROP FUNCTION programmes_version_stands();"


class Migration(migrations.Migration):
    initial = True
    dependencies = [("access", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="ProgrammeVersion",
            fields=[
                ("id", models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=60)),
                ("version", models.CharField(max_length=40)),
                ("content_hash", models.CharField(max_length=64)),
                ("definition", models.JSONField()),
                ("loaded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["key", "version"], name="programme_version_once")],
            },
        ),
        migrations.RunSQL(IMMUTABLE, UNDO),
        open_table("programmes_programmeversion", "SELECT"),
        guarded_table("programmes_programmeversion", "SELECT"),
    ]
