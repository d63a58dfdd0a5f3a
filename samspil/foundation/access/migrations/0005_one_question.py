"""Who asks is one question to the tables; what was shown is written to the log by its items."""

from django.db import migrations

from samspil.foundation.access.migrations import _sql


class Migration(migrations.Migration):

    dependencies = [("access", "0004_experience"), ("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(_sql.functions("ctx", file="2_context.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(
            _sql.text_of("6_log.sql"),
            "DROP FUNCTION wall.write_log(uuid,uuid,uuid,uuid,uuid,text,text,text,text,text,text,uuid,text,uuid,"
            "uuid[],uuid[],int[],uuid[])",
        ),
    ]
