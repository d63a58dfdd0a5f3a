"""What was shown is written to the log with one look at its items."""

from django.db import migrations

from samspil.foundation.access.migrations import _sql


class Migration(migrations.Migration):

    dependencies = [("access", "0007_caseload")]

    operations = [migrations.RunSQL(_sql.text_of("8_log_once.sql"), migrations.RunSQL.noop)]
