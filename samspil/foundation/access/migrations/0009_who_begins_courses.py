"""The grid of roles anew: who begins a course in the own unit; a school's or day-care's professional does, too."""

from django.db import migrations

from samspil.foundation.access.migrations import _sql


class Migration(migrations.Migration):

    dependencies = [("access", "0008_log_once")]

    operations = [migrations.RunPython(_sql.fill_role_mask, migrations.RunPython.noop)]
