"""Whoever stands in the space of a course finds it, also where only some of its people may be read about."""

from django.db import migrations

from samspil.collaboration.courses.migrations import _sql


class Migration(migrations.Migration):

    dependencies = [("courses", "0005_closing")]

    operations = [migrations.RunSQL(_sql.text_of("4_course_for_its_team.sql"), migrations.RunSQL.noop)]
