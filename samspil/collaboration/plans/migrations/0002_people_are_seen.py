"""Whom a row names must be somebody whom its writer sees: else the key would tell whether an id exists."""

from django.db import migrations

from samspil.foundation.kernel.tables import people_are_seen


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [
        people_are_seen("plans_goal", "owner_person_id", "said_by_id"),
        people_are_seen("plans_agreement", "person_id"),
        people_are_seen("plans_goalrating", "by_person_id"),
    ]
