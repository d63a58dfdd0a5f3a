"""Some kinds of facts may stand under another topic than their own, for who does not read that one."""

from django.apps.registry import Apps
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from samspil.collaboration.courses.migrations import _sql
from samspil.collaboration.programmes.vocabulary import KINDS


def fill_topics(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The other topics of each kind that is there. Later changes come with `actions.load_vocabulary`."""
    rows = apps.get_model("courses", "FactKind").objects.using(editor.connection.alias)
    for kind in KINDS.values():
        if kind.also_names:
            rows.filter(kind=kind.name).update(also=[int(one) for one in kind.topics[1:]])


class Migration(migrations.Migration):

    dependencies = [("courses", "0012_caseload_once")]

    operations = [
        migrations.AddField("factkind", "also", ArrayField(models.IntegerField(), default=list)),
        migrations.RunPython(fill_topics, migrations.RunPython.noop),
        migrations.RunSQL(_sql.text_of("13_topics.sql"), migrations.RunSQL.noop),
    ]
