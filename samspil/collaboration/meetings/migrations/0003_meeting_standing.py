"""Everybody in the course learns a meeting's newest time and that it is over, whoever wrote it down."""

from django.db import migrations

from samspil.collaboration.meetings.migrations import _sql


class Migration(migrations.Migration):
    """One function of the wall."""

    dependencies = [("meetings", "0002_people_are_seen")]
    operations = [migrations.RunSQL(_sql.text_of("meeting_standing.sql"), migrations.RunSQL.noop)]
