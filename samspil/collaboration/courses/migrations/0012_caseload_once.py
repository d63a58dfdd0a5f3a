"""What a coordinator carries is asked for at less cost."""

from django.db import migrations

from samspil.collaboration.courses.migrations import _sql


class Migration(migrations.Migration):

    dependencies = [("courses", "0011_marks")]

    operations = [migrations.RunSQL(_sql.text_of("12_caseload_once.sql"), migrations.RunSQL.noop)]
