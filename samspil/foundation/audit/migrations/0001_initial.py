"""The log's tables, guards, partitions and functions. Who may read is added by `access`."""

from django.db import migrations, models

from samspil.foundation.audit import sql
from samspil.foundation.kernel.tables import open_table

KINDS = [
    ("read", "Looked at"), ("search", "Searched"), ("change", "Changed"), ("export", "Took out"),
    ("other", "Other"),
]
OUTCOMES = [("done", "Done"), ("refused", "Refused"), ("attempted", "Attempted, not carried out")]


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(sql.text(part), migrations.RunSQL.noop)
        for part in ("tables", "guards", "partitions", "functions")
    ] + [
        # Numbers and hashes only; the worker reads them to catch up with the anchor.
        open_table("log_block", "SELECT"),
        migrations.CreateModel(
            name="LogEvent",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("position", models.BigIntegerField()),
                ("authority", models.UUIDField()),
                ("unit", models.UUIDField(null=True)),
                ("account", models.UUIDField(null=True)),
                ("membership", models.UUIDField(null=True)),
                ("role", models.TextField()),
                ("route", models.TextField()),
                ("act", models.TextField()),
                ("kind", models.TextField(choices=KINDS)),
                ("reason", models.TextField()),
                ("criterion", models.TextField()),
                ("space", models.UUIDField(null=True)),
                ("outcome", models.TextField(choices=OUTCOMES)),
                ("subjects", models.IntegerField()),
                ("about", models.UUIDField(null=True)),
            ],
            options={"db_table": "log_event", "managed": False},
        ),
        migrations.CreateModel(
            name="LogSubject",
            fields=[
                ("pk", models.CompositePrimaryKey("event", "subject", "owner", "at", blank=True, editable=False, primary_key=True, serialize=False)),
                ("event", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("position", models.BigIntegerField()),
                ("subject", models.UUIDField()),
                ("owner", models.UUIDField()),
                ("categories", models.IntegerField()),
                ("space", models.UUIDField(null=True)),
                ("kind", models.TextField(choices=KINDS)),
            ],
            options={"db_table": "log_subject", "managed": False},
        ),
        migrations.CreateModel(
            name="LogBlock",
            fields=[
                ("pk", models.CompositePrimaryKey("authority", "number", blank=True, editable=False, primary_key=True, serialize=False)),
                ("authority", models.UUIDField()),
                ("number", models.BigIntegerField()),
                ("from_position", models.BigIntegerField()),
                ("to_position", models.BigIntegerField()),
                ("count", models.BigIntegerField()),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("rows_hash", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("hash", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
            ],
            options={"db_table": "log_block", "managed": False},
        ),
        migrations.CreateModel(
            name="LogHorizon",
            fields=[
                ("single", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("sealed", models.BigIntegerField()),
                ("position", models.BigIntegerField()),
                ("xid", models.BigIntegerField()),
            ],
            options={"db_table": "log_horizon", "managed": False},
        ),
    ]
