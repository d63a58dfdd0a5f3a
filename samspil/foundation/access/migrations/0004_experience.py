"""Who takes part in courses may say what they find of a step; the owner's advisers read it."""

from django.db import migrations

from samspil.foundation.access.migrations import _sql


class Migration(migrations.Migration):

    dependencies = [("access", "0003_referrals")]

    operations = [migrations.RunPython(_sql.fill_role_mask, migrations.RunPython.noop)]
