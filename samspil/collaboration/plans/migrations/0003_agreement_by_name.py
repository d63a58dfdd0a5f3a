"""An agreement can be held by somebody in the family's network, by name and without an account."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A name, and exactly one of post, person and name."""

    dependencies = [("plans", "0002_people_are_seen")]

    operations = [
        migrations.AddField("agreement", "name", models.CharField(blank=True, default="", max_length=120), preserve_default=False),
        migrations.RemoveConstraint("agreement", "agreement_has_one_doer"),
        migrations.AddConstraint(
            "agreement",
            models.CheckConstraint(
                condition=Q(post__isnull=False, person__isnull=True, name="")
                | Q(post__isnull=True, person__isnull=False, name="")
                | Q(post__isnull=True, person__isnull=True) & ~Q(name=""),
                name="agreement_has_one_doer",
            ),
        ),
    ]
