"""Authorities, units, staff and memberships: readable by the application, written through the wall."""

import datetime
import django.db.models.deletion
import samspil.foundation.kernel.ids
import samspil.foundation.kernel.roles
from django.conf import settings
from django.db import migrations, models

from samspil.foundation.kernel.tables import guarded_table, open_table, same_authority
from samspil.foundation.organisations.migrations import _wall_functions as wall

TABLES = ("authority", "belonging", "unit", "staff", "membership")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('municipality', 'Municipality'), ('region', 'Region'), ('agency', 'National agency'), ('ministry', 'Ministry'), ('research', 'Research centre'), ('evaluator', 'Evaluator'), ('supplier', 'Supplier'), ('provider', 'Private provider'), ('self-governing', 'Self-governing institution'), ('association', 'Association'), ('foundation', 'Foundation')], max_length=20)),
                ('code', models.CharField(blank=True, max_length=12)),
                ('name', models.CharField(max_length=120)),
                ('starts', models.DateField(default=datetime.date(1970, 1, 1))),
                ('ends', models.DateField(default=datetime.date(3000, 1, 1))),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organisations.authority')),
            ],
        ),
        migrations.CreateModel(
            name='Belonging',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('starts', models.DateField(default=datetime.date(1970, 1, 1))),
                ('ends', models.DateField(default=datetime.date(3000, 1, 1))),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='belongings', to='organisations.authority')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.authority')),
            ],
        ),
        migrations.CreateModel(
            name='Staff',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisations.authority')),
            ],
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('leadership', 'Leadership'), ('child-and-family', 'Children and families'), ('school', 'School'), ('day-care', 'Day-care'), ('ppr', 'Educational psychology (PPR)'), ('health-visitors', 'Health visitors'), ('jobcentre', 'Jobcentre'), ('adult-social', 'Adult social services'), ('substance-treatment', 'Substance treatment'), ('social-psychiatry', 'Social psychiatry'), ('ward', 'Hospital ward'), ('outpatient', 'Out-patient clinic'), ('team', 'Team'), ('privacy', 'Data protection'), ('office', 'Office'), ('other', 'Other')], default='other', max_length=30)),
                ('name', models.CharField(max_length=120)),
                ('is_sharing_unit', models.BooleanField(default=False)),
                ('starts', models.DateField(default=datetime.date(1970, 1, 1))),
                ('ends', models.DateField(default=datetime.date(3000, 1, 1))),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisations.authority')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organisations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[(samspil.foundation.kernel.roles.RoleKey['CASEWORKER'], samspil.foundation.kernel.roles.RoleKey['CASEWORKER']), (samspil.foundation.kernel.roles.RoleKey['CLINICIAN'], samspil.foundation.kernel.roles.RoleKey['CLINICIAN']), (samspil.foundation.kernel.roles.RoleKey['SCHOOL_CONTACT'], samspil.foundation.kernel.roles.RoleKey['SCHOOL_CONTACT']), (samspil.foundation.kernel.roles.RoleKey['JOBCENTRE_WORKER'], samspil.foundation.kernel.roles.RoleKey['JOBCENTRE_WORKER']), (samspil.foundation.kernel.roles.RoleKey['SUBSTANCE_WORKER'], samspil.foundation.kernel.roles.RoleKey['SUBSTANCE_WORKER']), (samspil.foundation.kernel.roles.RoleKey['PROVIDER_WORKER'], samspil.foundation.kernel.roles.RoleKey['PROVIDER_WORKER']), (samspil.foundation.kernel.roles.RoleKey['LEADER'], samspil.foundation.kernel.roles.RoleKey['LEADER']), (samspil.foundation.kernel.roles.RoleKey['ADMINISTRATOR'], samspil.foundation.kernel.roles.RoleKey['ADMINISTRATOR']), (samspil.foundation.kernel.roles.RoleKey['PRIVACY_OFFICER'], samspil.foundation.kernel.roles.RoleKey['PRIVACY_OFFICER']), (samspil.foundation.kernel.roles.RoleKey['IMPLEMENTATION_ADVISER'], samspil.foundation.kernel.roles.RoleKey['IMPLEMENTATION_ADVISER']), (samspil.foundation.kernel.roles.RoleKey['EVALUATOR'], samspil.foundation.kernel.roles.RoleKey['EVALUATOR']), (samspil.foundation.kernel.roles.RoleKey['MINISTRY_OFFICIAL'], samspil.foundation.kernel.roles.RoleKey['MINISTRY_OFFICIAL']), (samspil.foundation.kernel.roles.RoleKey['RESEARCHER'], samspil.foundation.kernel.roles.RoleKey['RESEARCHER']), (samspil.foundation.kernel.roles.RoleKey['SUPPLIER'], samspil.foundation.kernel.roles.RoleKey['SUPPLIER']), (samspil.foundation.kernel.roles.RoleKey['VOLUNTEER'], samspil.foundation.kernel.roles.RoleKey['VOLUNTEER'])], max_length=30)),
                ('starts', models.DateField()),
                ('ends', models.DateField(default=datetime.date(3000, 1, 1))),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisations.authority')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisations.staff')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisations.unit')),
            ],
        ),
        migrations.AddConstraint(
            model_name='authority',
            constraint=models.CheckConstraint(condition=models.Q(('starts__lt', models.F('ends'))), name='authority_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='authority',
            constraint=models.CheckConstraint(condition=models.Q(('successor', None), ('ends__lt', datetime.date(3000, 1, 1)), _connector='OR'), name='authority_with_successor_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='authority',
            constraint=models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('kind', 'code'), name='authority_code_once_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='belonging',
            constraint=models.CheckConstraint(condition=models.Q(('starts__lt', models.F('ends'))), name='belonging_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='belonging',
            constraint=models.UniqueConstraint(fields=('municipality', 'starts'), name='belonging_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='staff',
            constraint=models.UniqueConstraint(fields=('authority', 'id'), name='staff_of_authority'),
        ),
        migrations.AddConstraint(
            model_name='staff',
            constraint=models.UniqueConstraint(fields=('authority', 'account'), name='staff_once_an_authority'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('authority', 'id'), name='unit_of_authority'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('starts__lt', models.F('ends'))), name='unit_dates_in_order'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['staff', 'ends'], name='membership_of_staff'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('starts__lte', models.F('ends'))), name='membership_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['caseworker', 'clinician', 'school-contact', 'jobcentre-worker', 'substance-worker', 'provider-worker', 'leader', 'administrator', 'privacy-officer', 'implementation-adviser', 'evaluator', 'ministry-official', 'researcher', 'supplier', 'volunteer'])), name='membership_role_is_known'),
        ),
        same_authority("organisations_unit", "parent_id", "organisations_unit"),
        same_authority("organisations_membership", "staff_id", "organisations_staff"),
        same_authority("organisations_membership", "unit_id", "organisations_unit"),
        migrations.RunSQL(wall.NO_TWO_EQUAL_POSTS, migrations.RunSQL.noop),
        migrations.RunSQL(wall.TREE_WITHOUT_CIRCLES, migrations.RunSQL.noop),
        migrations.RunSQL(wall.ROLE_FITS_KIND, migrations.RunSQL.noop),
        # Only SELECT: whoever could write a membership could become another actor.
        *(open_table(f"organisations_{table}", "SELECT") for table in TABLES),
        guarded_table("organisations_authority", "SELECT"),
        guarded_table("organisations_belonging", "SELECT"),
        guarded_table("organisations_unit", "SELECT, INSERT, UPDATE (is_sharing_unit)"),
        guarded_table("organisations_staff", "SELECT, INSERT"),
        guarded_table("organisations_membership", "SELECT, INSERT, UPDATE (ends)"),
        migrations.RunSQL(wall.FUNCTIONS, migrations.RunSQL.noop),
    ]
