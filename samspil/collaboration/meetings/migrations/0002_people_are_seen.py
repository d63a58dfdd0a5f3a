"""Whom a row names must be somebody whom its writer sees: else the key would tell whether an id exists."""

from django.db import migrations

from samspil.foundation.kernel.tables import people_are_seen


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]
    operations = [
        people_are_seen("meetings_invitation", "person_id"),
        people_are_seen("meetings_point", "said_by_id", "wished_person_id"),
    ]
