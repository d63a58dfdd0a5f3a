"""The grid of roles anew: a leader sees how much the colleagues carry and sets the ceiling."""

from django.db import migrations

from samspil.foundation.access.migrations import _sql


class Migration(migrations.Migration):

    dependencies = [("access", "0006_who_adopts_models")]

    operations = [migrations.RunPython(_sql.fill_role_mask, migrations.RunPython.noop)]
