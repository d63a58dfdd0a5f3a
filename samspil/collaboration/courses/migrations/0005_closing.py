"""How a course ends: what remains, the consents looked at, the family's copies, and the closing."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from samspil.foundation.kernel.tables import walled_table

SPACE = {"space_id": "space_id"}


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0001_initial'),
        ('courses', '0004_handover'),
        ('desk', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentReview',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('kept', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('fact', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.fact')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Remainder',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('thing', models.UUIDField(blank=True, null=True)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('words', models.TextField()),
                ('noted_at', models.DateTimeField()),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='courses.remainder')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('reason', models.CharField(choices=[('goals-reached', 'The family has what it needs'), ('handed-over', 'Somebody else goes on helping the family'), ('family-wishes', 'The family does not want to go on'), ('moved', 'The family has moved'), ('not-fitting', 'It turned out that other help fits better'), ('other', 'Another reason')], max_length=20)),
                ('retention', models.CharField(max_length=40)),
                ('deleted_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField()),
                ('fact', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.fact')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.consentreview')),
                ('remainder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.remainder')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FamilyCopy',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('why_not', models.CharField(blank=True, max_length=500)),
                ('made_at', models.DateTimeField()),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desk.storedfile')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.subject')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='courses.familycopy')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('why_not', ''), models.Q(('sha256', ''), _negated=True)), models.Q(('file__isnull', True), ('sha256', ''), models.Q(('why_not', ''), _negated=True)), _connector='OR'), name='family_copy_or_why_not')],
            },
        ),
        walled_table(
            "courses_consentreview",
            kinds=["consent-review"],
            repeats=SPACE,
            points_to={"fact_id": "courses_fact.item_id"},
            changes=False,
        ),
        walled_table(
            "courses_remainder",
            kinds=["remainder"],
            repeats=SPACE,
            points_to={"supersedes_id": "courses_remainder.item_id"},
            changes=False,
        ),
        walled_table(
            "courses_familycopy",
            kinds=["family-copy"],
            repeats={**SPACE, "reader_id": "subjects"},
            points_to={"file_id": "desk_stored_file.item_id", "supersedes_id": "courses_familycopy.item_id"},
            changes=False,
        ),
        walled_table(
            "courses_closing",
            kinds=["closing"],
            repeats=SPACE,
            points_to={
                "fact_id": "courses_fact.item_id",
                "review_id": "courses_consentreview.item_id",
                "remainder_id": "courses_remainder.item_id",
            },
            changes=False,
        ),
    ]
