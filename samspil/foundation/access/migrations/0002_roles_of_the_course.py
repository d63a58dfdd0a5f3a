"""The grid of roles anew: plans, efforts, notes, tools and meetings have permissions of their own."""

from django.db import migrations

from samspil.foundation.access.migrations import _sql


class Migration(migrations.Migration):

    dependencies = [("access", "0001_initial")]

    operations = [migrations.RunPython(_sql.fill_role_mask, migrations.RunPython.noop)]
