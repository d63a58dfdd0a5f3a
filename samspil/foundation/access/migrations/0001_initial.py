"""The wall: subjects, spaces, items, the ledger, and the functions and policies that stand before them."""

import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import samspil.foundation.kernel.ids
from django.conf import settings
from django.db import migrations, models


from samspil.foundation.access.migrations import _sql
from samspil.foundation.audit import sql as audit_sql
from samspil.foundation.kernel.tables import WalledTable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('audit', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Space',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('lead_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('category', models.IntegerField()),
                ('subjects', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner_authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.authority')),
                ('owner_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('space', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='access.space')),
            ],
        ),
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('united_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.authority')),
                ('united_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.subject')),
            ],
        ),
        migrations.CreateModel(
            name='Ledger',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('holder_kind', models.CharField(max_length=12)),
                ('holder', models.UUIDField()),
                ('categories', models.IntegerField()),
                ('purpose', models.CharField(blank=True, max_length=20)),
                ('starts', models.DateField(default=datetime.date(1970, 1, 1))),
                ('ends', models.DateField(default=datetime.date(3000, 1, 1))),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('baton', models.CharField(blank=True, choices=[('', 'None'), ('offered', 'Offered'), ('held', 'Held')], default='', max_length=8)),
                ('made_at', models.DateTimeField()),
                ('approved_by', models.UUIDField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('source', models.UUIDField(blank=True, null=True)),
                ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.authority')),
                ('giver', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('made_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('space', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.space')),
                ('subject', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.subject')),
            ],
        ),
        migrations.CreateModel(
            name='ItemSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairs', to='access.item')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='pairs', to='access.subject')),
            ],
            options={
                'db_table': 'access_item_subject',
            },
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('subjects__len__gt', 0)), name='item_is_about_someone'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', [1, 2, 4, 8, 16, 32, 64, 128, 256])), name='item_has_one_category'),
        ),
        migrations.AddIndex(
            model_name='ledger',
            index=models.Index(fields=['holder', 'space'], include=('kind', 'categories', 'starts', 'ends', 'until'), name='ledger_holder_space'),
        ),
        migrations.AddIndex(
            model_name='ledger',
            index=models.Index(fields=['holder', 'subject'], include=('kind', 'categories', 'starts', 'ends', 'until', 'giver', 'purpose'), name='ledger_holder_subject'),
        ),
        migrations.AddIndex(
            model_name='ledger',
            index=models.Index(condition=models.Q(('kind__in', ['block', 'leader'])), fields=['holder'], name='ledger_blocks_and_leaders'),
        ),
        migrations.AddIndex(
            model_name='ledger',
            index=models.Index(condition=models.Q(('subject', None), _negated=True), fields=['subject'], name='ledger_of_subject'),
        ),
        migrations.AddConstraint(
            model_name='ledger',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['team', 'leader', 'inbox', 'own-record', 'custody', 'consent', 'statute', 'break-glass', 'block'])), name='ledger_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='ledger',
            constraint=models.CheckConstraint(condition=models.Q(('holder_kind__in', ['membership', 'unit', 'authority', 'account'])), name='ledger_holder_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='ledger',
            constraint=models.CheckConstraint(condition=models.Q(('categories__gte', 1), ('categories__lte', 511)), name='ledger_covers_something'),
        ),
        migrations.AddConstraint(
            model_name='ledger',
            constraint=models.CheckConstraint(condition=models.Q(('ends__lte', datetime.date(3000, 1, 1)), ('starts__lte', models.F('ends'))), name='ledger_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='ledger',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['consent', 'statute']), _negated=True), models.Q(('holder_kind__in', ['unit', 'authority']), ('purpose__in', ['coordination', 'referral', 'follow-up', 'model-development', 'research']), ('subject__isnull', False)), _connector='OR'), name='ledger_basis_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='ledger',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'break-glass'), _negated=True), ('until__isnull', False), _connector='OR'), name='ledger_break_glass_is_short'),
        ),
        migrations.AddConstraint(
            model_name='itemsubject',
            constraint=models.UniqueConstraint(fields=('subject', 'item'), name='item_names_a_subject_once'),
        ),
        migrations.RunSQL(_sql.text_of("1_tables.sql"), migrations.RunSQL.noop),
        migrations.RunPython(_sql.fill_role_mask, migrations.RunPython.noop),
        migrations.RunSQL(_sql.text_of("2_context.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(_sql.text_of("3_functions.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(_sql.text_of("4_policies.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(_sql.text_of("5_closing.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(audit_sql.text("read_policy"), audit_sql.text("read_policy_undo")),
        *(WalledTable(migrations.RunSQL.noop, migrations.RunSQL.noop, table=f"access_{name}") for name in _sql.WALLED),
    ]
