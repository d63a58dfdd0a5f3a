"""Who answers a referral joins the team, and shares back what was shared with it."""

from django.db import migrations

from samspil.foundation.access.migrations import _sql

CHANGED = ("confirms", "judge_basis", "end_relation", "offer_baton", "join_team")


class Migration(migrations.Migration):

    dependencies = [("access", "0002_roles_of_the_course")]

    operations = [
        migrations.RunSQL(_sql.functions(*CHANGED), migrations.RunSQL.noop),
        migrations.RunSQL(_sql.text_of("5_closing.sql"), migrations.RunSQL.noop),
    ]
