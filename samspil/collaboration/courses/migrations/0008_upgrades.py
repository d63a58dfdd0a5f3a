"""A running course can change to another version of its model; the frame says under which it ran before."""

import django.db.models.deletion
from django.db import migrations, models

from samspil.collaboration.courses.migrations import _sql
from samspil.foundation.kernel.tables import walled_table


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_experience'),
        ('courses', '0007_facts_of'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Upgrade',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('after', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programmeversion')),
                ('before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programmeversion')),
                ('fact', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.fact')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
            ],
            options={
                'abstract': False,
            },
        ),
        walled_table(
            "courses_upgrade",
            kinds=["upgrade"],
            repeats={"space_id": "space_id"},
            points_to={"fact_id": "courses_fact.item_id"},
            changes=False,
        ),
        migrations.RunSQL(_sql.text_of("8_upgrades.sql"), migrations.RunSQL.noop),
    ]
