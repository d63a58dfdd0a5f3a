"""The example's table, behind the wall."""

import django.db.models.deletion
from django.db import migrations, models

from samspil.foundation.kernel.tables import walled_table


class Migration(migrations.Migration):
    initial = True
    dependencies = [("access", "0001_initial"), ("organisations", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("item", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="+", serialize=False, to="access.item")),
                ("authority", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.authority")),
                ("subject", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.subject")),
                ("supersedes", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="example.note")),
                ("text", models.TextField()),
            ],
        ),
        walled_table(
            "example_note",
            kinds=["note"],
            repeats={"authority_id": "owner_authority_id", "subject_id": "subjects"},
            points_to={"supersedes_id": "example_note.item_id"},
        ),
    ]
