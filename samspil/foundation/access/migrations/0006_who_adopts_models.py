"""The grid of roles anew: who adopts models for an authority, and who publishes them for their owner."""

from django.db import migrations

from samspil.foundation.access.migrations import _sql


class Migration(migrations.Migration):

    dependencies = [("access", "0005_one_question")]

    operations = [migrations.RunPython(_sql.fill_role_mask, migrations.RunPython.noop)]
