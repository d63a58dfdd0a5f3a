"""A family is referred to another sector: its tables behind the wall, and who takes part from the start."""

import django.db.models.deletion
from django.db import migrations, models

from samspil.collaboration.courses.migrations import _sql
from samspil.foundation.kernel.tables import walled_table

SPACE = {"space_id": "space_id"}
ABOUT = {**SPACE, "subject_id": "subjects"}


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_referrals'),
        ('courses', '0002_courseperson_name'),
        ('organisations', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='EligibilityAnswer',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('criterion', models.CharField(max_length=60)),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'We do not know')], max_length=8)),
                ('is_ongoing', models.BooleanField(default=False)),
                ('ended_from', models.DateField(blank=True, null=True)),
                ('ended_to', models.DateField(blank=True, null=True)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='courses.eligibilityanswer')),
            ],
            options={
                'indexes': [models.Index(fields=['space', 'criterion'], name='eligibility_of_criterion')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_from__isnull', True), ('ended_to__isnull', True)), models.Q(('ended_from__lte', models.F('ended_to')), ('is_ongoing', False)), _connector='OR'), name='eligibility_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('call_name', models.CharField(blank=True, max_length=120)),
                ('call_phone', models.CharField(blank=True, max_length=30)),
                ('call_when', models.CharField(blank=True, max_length=120)),
                ('offers_baton', models.BooleanField(default=False)),
                ('result', models.CharField(blank=True, max_length=8)),
                ('begun_on', models.DateField()),
                ('touched_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.membership')),
                ('space', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.subject')),
                ('to_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programmeversion')),
            ],
            options={
                'indexes': [models.Index(fields=['sender', 'sent_at'], name='referral_of_sender'), models.Index(fields=['to_unit', 'sent_at'], name='referral_to_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('to_unit__isnull', False), _connector='OR'), name='referral_sent_to_a_unit')],
            },
        ),
        migrations.CreateModel(
            name='ReferralAnswer',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('kind', models.CharField(choices=[('accepted', 'Accepted'), ('declined', 'Declined'), ('more', 'Asks for more')], max_length=10)),
                ('text', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.membership')),
                ('space', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
            ],
            options={
                'indexes': [models.Index(fields=['space', 'answered_at'], name='referral_answer_of_space')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'accepted'), models.Q(('text', ''), _negated=True), _connector='OR'), name='referral_answer_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='ReferralNumber',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('sealed', models.CharField(blank=True, max_length=250)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.subject')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('space', 'subject'), name='referral_number_once')],
            },
        ),
        migrations.CreateModel(
            name='ReferralPart',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('kind', models.CharField(choices=[('wish', 'What the family itself wishes'), ('help', 'What we would like help with'), ('more', 'More about the family'), ('despite', 'Why we refer although the target group is not clear')], max_length=10)),
                ('text', models.TextField(blank=True)),
                ('said_by', models.CharField(blank=True, max_length=120)),
                ('written_at', models.DateTimeField()),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='courses.referralpart')),
            ],
            options={
                'indexes': [models.Index(fields=['space', 'kind'], name='referral_part_of_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), ('supersedes__isnull', False), _connector='OR'), name='referral_part_says_something')],
            },
        ),
        migrations.CreateModel(
            name='ReferralPerson',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('name', models.CharField(max_length=120)),
                ('born', models.DateField(blank=True, null=True)),
                ('role', models.CharField(max_length=60)),
                ('tie', models.CharField(blank=True, max_length=120)),
                ('is_in_focus', models.BooleanField(default=False)),
                ('is_included', models.BooleanField(default=True)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.subject')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('space', 'subject'), name='referral_person_once')],
            },
        ),
        walled_table(
            "courses_referral", kinds=["referral"], repeats={**ABOUT, "from_unit_id": "owner_unit_id"}
        ),
        walled_table("courses_referralperson", kinds=["referral-person"], repeats=ABOUT),
        walled_table("courses_referralnumber", kinds=["referral-number"], repeats=ABOUT),
        walled_table(
            "courses_referralpart",
            kinds=["referral-part"],
            repeats=SPACE,
            points_to={"supersedes_id": "courses_referralpart.item_id"},
            changes=False,
        ),
        walled_table(
            "courses_eligibilityanswer",
            kinds=["eligibility-answer"],
            repeats=SPACE,
            points_to={"supersedes_id": "courses_eligibilityanswer.item_id"},
            changes=False,
        ),
        walled_table("courses_referralanswer", kinds=["referral-answer"], repeats=SPACE, changes=False),
        migrations.RunSQL(_sql.text_of("4_referrals.sql"), migrations.RunSQL.noop),
    ]
