"""Who hands the coordination to whom, what was answered, and its words behind the wall."""

import django.db.models.deletion
from django.db import migrations, models

import samspil.foundation.kernel.ids
from samspil.collaboration.courses.migrations import _sql
from samspil.foundation.kernel.tables import WalledTable, walled_table

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0001_initial'),
        ('organisations', '0001_initial'),
        ('courses', '0003_referrals'),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('staff', 'Another colleague takes over'), ('sector', 'From the region to the municipality, or back'), ('municipality', 'The family moves to another municipality'), ('adulthood', 'A young person comes of age')], max_length=20)),
                ('from_role', models.CharField(max_length=60)),
                ('to_role', models.CharField(max_length=60)),
                ('requested_on', models.DateField()),
                ('overlap_until', models.DateField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='organisations.membership')),
                ('giver', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='organisations.membership')),
                ('receiver', models.ForeignKey(on_delete=PROTECT, related_name='+', to='organisations.membership')),
                ('space', models.ForeignKey(on_delete=PROTECT, related_name='+', to='access.space')),
            ],
        ),
        migrations.CreateModel(
            name='HandoverAnswer',
            fields=[
                ('handover', models.OneToOneField(on_delete=PROTECT, primary_key=True, related_name='answer', serialize=False, to='courses.handover')),
                ('answer', models.CharField(choices=[('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('on', models.DateField()),
                ('by', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='organisations.membership')),
            ],
        ),
        migrations.CreateModel(
            name='HandoverWords',
            fields=[
                ('item', models.OneToOneField(on_delete=PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('why', models.TextField(blank=True)),
                ('matters', models.TextField(blank=True)),
                ('open_steps', models.JSONField(default=list)),
                ('reply', models.TextField(blank=True)),
                ('handover', models.ForeignKey(on_delete=PROTECT, related_name='+', to='courses.handover')),
                ('space', models.ForeignKey(db_index=False, on_delete=PROTECT, related_name='+', to='access.space')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunSQL(_sql.text_of("4_handover.sql"), migrations.RunSQL.noop),
        *(
            WalledTable(migrations.RunSQL.noop, migrations.RunSQL.noop, table=f"courses_{name}")
            for name in ("handover", "handoveranswer")
        ),
        walled_table(
            "courses_handoverwords",
            kinds=["handover"],
            repeats={"space_id": "space_id"},
            points_to={"handover_id": "courses_handover.id"},
            changes=False,
        ),
    ]
