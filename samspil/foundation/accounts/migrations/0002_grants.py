"""What the application may do with the tables of sessions and log-in that come with Django and allauth."""

from django.db import migrations

from samspil.foundation.kernel.tables import open_table


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
    ]
    operations = [
        open_table("django_migrations", "SELECT"),
        open_table("django_content_type", "SELECT"),
        open_table("django_session"),
        # No e-mail flow exists: allauth only looks whether an address is there.
        open_table("account_emailaddress", "SELECT"),
        # Second factors are made, used and removed by their owner in the log-in pages.
        open_table("mfa_authenticator"),
        migrations.RunSQL(
            "GRANT USAGE ON SEQUENCE mfa_authenticator_id_seq TO samspil_app",
            "REVOKE ALL ON SEQUENCE mfa_authenticator_id_seq FROM samspil_app",
        ),
    ]
