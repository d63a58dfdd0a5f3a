"""A unit that received shares back: its basis says which one it answers."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("sharing", "0001_initial"), ("access", "0003_referrals")]

    operations = [migrations.AddField("basis", "confirms", models.UUIDField(blank=True, null=True))]
