"""The tables of courses, behind the wall, and the functions by which what is due is reckoned."""

import datetime

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models

import samspil.foundation.kernel.ids
from samspil.collaboration.courses.migrations import _sql
from samspil.foundation.kernel.tables import OpenTable, WalledTable, walled_table

SPACE = {"space_id": "space_id"}


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('organisations', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FactKind',
            fields=[
                ('kind', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('category', models.IntegerField()),
                ('attributes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None)),
                ('clock', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None)),
            ],
            options={
                'db_table': 'courses_fact_kind',
            },
        ),
        migrations.CreateModel(
            name='Projection',
            fields=[
                ('space', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.space')),
                ('through', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Course',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('opened_on', models.DateField()),
                ('space', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programmeversion')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('text', models.TextField()),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CoursePerson',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('born', models.DateField(blank=True, null=True)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None)),
                ('is_in_focus', models.BooleanField(default=False)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.subject')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('space', 'subject'), name='course_person_once')],
            },
        ),
        migrations.CreateModel(
            name='DueItem',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('step', models.CharField(max_length=120)),
                ('n', models.PositiveIntegerField()),
                ('responsible', models.CharField(max_length=60)),
                ('outcome', models.CharField(blank=True, max_length=12)),
                ('opens_on', models.DateField(blank=True, null=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('closes_on', models.DateField(blank=True, null=True)),
                ('lapses_on', models.DateField(blank=True, null=True)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('detail', models.JSONField()),
                ('categories', models.IntegerField()),
                ('subjects', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('owner_units', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('owner_authorities', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('person', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.subject')),
                ('space', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('outcome', '')), fields=['space', 'responsible', 'due_on'], name='due_item_waiting')],
                'constraints': [models.UniqueConstraint(fields=('space', 'step', 'person', 'n'), name='due_item_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('categories__gt', 0), ('owner_units__len__gt', 0), ('subjects__len__gt', 0)), name='due_item_is_about_someone')],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=60)),
                ('accepted_on', models.DateField(blank=True, null=True)),
                ('starts', models.DateField()),
                ('ends', models.DateField(default=datetime.date(3000, 1, 1))),
                ('membership', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.membership')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['membership', 'ends'], include=('space', 'role'), name='participant_of_post'), models.Index(fields=['unit', 'ends'], include=('space', 'role'), name='participant_of_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts__lte', models.F('ends'))), name='participant_dates_in_order'), models.UniqueConstraint(condition=models.Q(('ends', datetime.date(3000, 1, 1))), fields=('space', 'role', 'membership'), name='participant_once_a_role')],
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('kind', models.CharField(max_length=60)),
                ('on_day', models.DateField()),
                ('at', models.DateTimeField(blank=True, null=True)),
                ('noted_at', models.DateTimeField()),
                ('by_role', models.CharField(blank=True, max_length=60)),
                ('attributes', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='courses.fact')),
                ('space', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
                ('remark', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.remark')),
            ],
            options={
                'indexes': [models.Index(fields=['space', 'kind'], name='fact_of_kind'), models.Index(fields=['space', 'on_day'], name='fact_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('corrects__isnull', True), ('remark__isnull', False), _connector='OR'), name='correction_has_a_reason')],
            },
        ),
        migrations.RunSQL(_sql.text_of("1_tables.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(_sql.text_of("2_functions.sql"), migrations.RunSQL.noop),
        walled_table("courses_course", kinds=["course"], repeats=SPACE, changes=False),
        walled_table(
            "courses_courseperson",
            kinds=["course-person"],
            repeats={**SPACE, "subject_id": "subjects"},
            changes=False,
        ),
        walled_table("courses_remark", kinds=["remark"], repeats=SPACE, changes=False),
        walled_table(
            "courses_fact",
            kinds=["fact"],
            repeats=SPACE,
            points_to={"corrects_id": "courses_fact.item_id", "remark_id": "courses_remark.item_id"},
            changes=False,
        ),
        migrations.RunSQL(_sql.text_of("3_policies.sql"), migrations.RunSQL.noop),
        OpenTable(migrations.RunSQL.noop, migrations.RunSQL.noop, table="courses_fact_kind"),
        *(
            WalledTable(migrations.RunSQL.noop, migrations.RunSQL.noop, table=f"courses_{name}")
            for name in ("dueitem", "projection", "participant")
        ),
        migrations.RunPython(_sql.fill_fact_kinds, migrations.RunPython.noop),
    ]
