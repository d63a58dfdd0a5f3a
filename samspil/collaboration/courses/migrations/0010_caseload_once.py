"""What a coordinator carries is asked for at less cost."""

from django.db import migrations

from samspil.collaboration.courses.migrations import _sql


class Migration(migrations.Migration):

    dependencies = [("courses", "0009_caseload")]

    operations = [migrations.RunSQL(_sql.text_of("10_caseload_once.sql"), migrations.RunSQL.noop)]
