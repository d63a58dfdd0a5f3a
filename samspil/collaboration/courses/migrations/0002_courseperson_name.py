"""What the course calls each of its people: whoever takes part reads it, also without the record."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("courses", "0001_initial")]

    operations = [
        migrations.AddField("courseperson", "name", models.CharField(blank=True, default="", max_length=120)),
        migrations.AlterField("courseperson", "name", models.CharField(blank=True, max_length=120)),
    ]
