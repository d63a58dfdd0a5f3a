"""The facts of a course are shown to the reckoning at less cost."""

from django.db import migrations

from samspil.collaboration.courses.migrations import _sql


class Migration(migrations.Migration):

    dependencies = [("courses", "0006_course_for_its_team")]

    operations = [migrations.RunSQL(_sql.text_of("7_facts_of.sql"), migrations.RunSQL.noop)]
