"""Which way a goal helps, where a model tells that apart."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("plans", "0004_effort_types")]

    operations = [
        migrations.AddField(
            "goal",
            "mode",
            models.CharField(blank=True, choices=[("supportive", "Supports"), ("developing", "Develops"), ("compensating", "Makes up for something")], db_default="", default="", max_length=30),
        ),
    ]
