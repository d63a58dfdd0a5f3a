"""Variants of versions, who adopted which, and what was published: read by everybody, added by the wall."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import samspil.foundation.kernel.ids
from samspil.collaboration.programmes.migrations import _wall_functions as wall
from samspil.foundation.kernel.tables import guarded_table, open_table


def _key_to(target, related_name="+", **more):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=target, **more)


def _id():
    return models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_who_adopts_models"),
        ("organisations", "0001_initial"),
        ("programmes", "0001_initial"),
    ]
    operations = [
        migrations.AddField("programmeversion", "base", _key_to("programmes.programmeversion", null=True, blank=True)),
        migrations.AddField("programmeversion", "authority", _key_to("organisations.authority", null=True, blank=True)),
        migrations.RemoveConstraint("programmeversion", "programme_version_once"),
        migrations.AddConstraint(
            "programmeversion",
            models.UniqueConstraint(fields=["key", "version"], condition=Q(base=None), name="programme_version_once"),
        ),
        migrations.AddConstraint(
            "programmeversion",
            models.UniqueConstraint(
                fields=["base", "authority", "content_hash"],
                condition=Q(base__isnull=False),
                name="programme_variant_once",
            ),
        ),
        migrations.AddConstraint(
            "programmeversion",
            models.CheckConstraint(
                condition=Q(base=None, authority=None) | Q(base__isnull=False, authority__isnull=False),
                name="programme_variant_has_an_authority",
            ),
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                ("id", _id()),
                ("key", models.CharField(max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("variant", models.JSONField()),
                ("content_hash", models.CharField(max_length=64)),
                ("initiative", models.CharField(max_length=60, blank=True)),
                ("reason", models.TextField(blank=True)),
                ("starts", models.DateField()),
                ("is_end", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("authority", _key_to("organisations.authority")),
                ("base", _key_to("programmes.programmeversion")),
                ("runs", _key_to("programmes.programmeversion")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["authority", "key", "number"], name="adoption_number_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", _id()),
                ("content_hash", models.CharField(max_length=64)),
                ("words", models.TextField(blank=True)),
                ("published_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("supersedes", _key_to("programmes.programmeversion", "superseded_by", null=True, blank=True)),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="programmes.programmeversion",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(wall.NEVER_CHANGED, migrations.RunSQL.noop),
        *(open_table(f"programmes_{table}", "SELECT") for table in ("adoption", "publication")),
        guarded_table("programmes_programmeversion", "INSERT"),
        *(guarded_table(f"programmes_{table}", "SELECT, INSERT") for table in ("adoption", "publication")),
        migrations.RunSQL(wall.FUNCTIONS, wall.UNDO),
    ]
