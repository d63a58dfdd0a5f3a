"""Tables of the desk: each row is its account's, a file its item's, the outbox nobody's but the worker's."""

from pathlib import Path

import django.db.models.deletion
import samspil.foundation.kernel.ids
from django.conf import settings
from django.db import migrations, models

from samspil.foundation.kernel.tables import WalledTable, walled_table


OWN = ("desk_submission", "desk_draft", "desk_held", "desk_news")
SQL = Path(__file__).parents[1] / "sql" / "desk.sql"
UNDO = """
DROP FUNCTION wall.hold(text, bytea, bytea);
DROP FUNCTION wall.claim_held(bytea);
DROP FUNCTION wall.forget_desk();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Held',
            fields=[
                ('claim', models.BinaryField(primary_key=True, serialize=False)),
                ('session', models.BinaryField(unique=True)),
                ('sealed', models.BinaryField()),
                ('held_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.item')),
                ('name', models.CharField(max_length=200)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('stored_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'desk_stored_file',
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0), ('size__lte', 20971520)), name='stored_file_size')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(max_length=80)),
                ('thing', models.CharField(blank=True, max_length=80)),
                ('sealed', models.BinaryField()),
                ('saved_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['saved_at'], name='draft_by_age')],
                'constraints': [models.UniqueConstraint(fields=('account', 'form', 'thing'), name='draft_once')],
            },
        ),
        migrations.CreateModel(
            name='News',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('about', models.UUIDField()),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('made_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('given_up_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'news',
                'indexes': [models.Index(condition=models.Q(('given_up_at', None), ('sent_at', None)), fields=['next_try_at'], name='news_still_to_send')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=100)),
                ('digest', models.CharField(max_length=64)),
                ('location', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['made_at'], name='submission_by_age')],
                'constraints': [models.UniqueConstraint(fields=('account', 'key'), name='submission_key_once')],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), UNDO),
        *(WalledTable(migrations.RunSQL.noop, migrations.RunSQL.noop, table=table) for table in OWN),
        walled_table("desk_stored_file", kinds=["file"], changes=False),
    ]
