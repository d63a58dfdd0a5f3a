"""A mark on each due item, by which a whole country is compared with its facts (decision 0035)."""

from django.db import migrations

from samspil.collaboration.courses.migrations import _sql


class Migration(migrations.Migration):

    dependencies = [("courses", "0009_caseload")]

    operations = [
        migrations.RunSQL(
            _sql.text_of("11_marks.sql"),
            "ALTER TABLE courses_dueitem DROP COLUMN mark; DROP FUNCTION wall.due_mark;",
        ),
    ]
