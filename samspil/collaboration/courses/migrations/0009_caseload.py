"""How much a coordinator carries, and the ceiling that a unit has set."""

import django.db.models.deletion
from django.db import migrations, models

import samspil.foundation.kernel.ids
from samspil.collaboration.courses.migrations import _sql
from samspil.foundation.kernel.tables import WalledTable


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0007_caseload"),
        ("courses", "0008_upgrades"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseloadCeiling",
            fields=[
                ("id", models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("ceiling", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ("starts", models.DateField()),
                ("set_at", models.DateTimeField()),
                ("authority", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.authority")),
                ("set_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.membership")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit")),
            ],
            options={
                "indexes": [models.Index(fields=["authority", "starts"], name="caseload_ceiling_of")],
                "constraints": [models.CheckConstraint(condition=models.Q(("ceiling__isnull", True), ("ceiling__gt", 0), _connector="OR"), name="caseload_ceiling_is_above_nothing")],
            },
        ),
        migrations.RunSQL(_sql.text_of("9_caseload.sql"), migrations.RunSQL.noop),
        WalledTable(migrations.RunSQL.noop, migrations.RunSQL.noop, table="courses_caseloadceiling"),
    ]
