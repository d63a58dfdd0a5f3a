"""A child's view can be corrected, a note can move to another matter; what stood there is put away."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from samspil.collaboration.journal.migrations import _sql


class Migration(migrations.Migration):
    """What a child's view takes the place of, and why; one function of the wall."""

    dependencies = [("journal", "0002_people_are_seen")]

    operations = [
        migrations.AddField(
            "childview",
            "supersedes",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="superseded_by",
                to="journal.childview",
            ),
        ),
        migrations.AddField(
            "childview",
            "reason",
            models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "childview",
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(reason=""), name="child_view_correction_has_a_reason"
            ),
        ),
        migrations.RunSQL(
            _sql.text_of("put_away.sql"),
            "DROP POLICY corrects_what_is_seen ON journal_childview; DROP FUNCTION wall.put_away(uuid)",
        ),
    ]
