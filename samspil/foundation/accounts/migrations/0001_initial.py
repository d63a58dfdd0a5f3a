"""The table of log-ins, and what the application may do with it."""

import django.db.models.functions.text
import samspil.foundation.kernel.ids
from django.db import migrations, models

from samspil.foundation.kernel.tables import guarded_table, open_table


class Migration(migrations.Migration):

    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=samspil.foundation.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('login', models.CharField(max_length=254, unique=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('is_citizen', models.BooleanField(default=False)),
                ('is_demo', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('login', django.db.models.functions.text.Lower('login'))), name='account_login_is_lower_case'), models.CheckConstraint(condition=models.Q(('login', ''), _negated=True), name='account_has_a_login')],
            },
        ),
        # The application reads the row to check a password, and changes what a log-in changes: the password
        # and the time of the last log-in. It makes no account and cannot make one active, demo or citizen.
        open_table("accounts_account", "SELECT, UPDATE (password, last_login)"),
        guarded_table("accounts_account", "SELECT, INSERT"),
    ]
